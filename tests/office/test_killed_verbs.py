"""SIGKILL in the middle of the verbs of lists, merges, decrees, files and months: nothing half done, then done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from payung.office.enrolment import layouts, monthly
from payung.office.enrolment.actions import plan
from payung.office.enrolment.mending import mend
from payung.office.enrolment.merging import propose_merge
from payung.office.enrolment.models import Spell
from payung.office.enrolment.receiving import LayoutWaits, receive
from payung.office.places.scope import whole_government
from payung.office.registry.models import Person
from payung.office.submissions.actions import draft
from payung.office.verification.actions import check_again
from payung.office.verification.lists import propose_list
from tests.office import pool, test_list_versions, test_monthly, test_outside
from tests.office.cast import AT, Cast, approve, call_cast, enrol, people
from tests.office.postbox import OCTOBER, office

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def child(verb: str, subject: int, die_at: int) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DATABASE_URL": os.environ["PAYUNG_TEST_SERVING"],
        "DATABASE_OWNER_URL": os.environ["PAYUNG_TEST_OWNER"],
        "PAYUNG_IDENTITY_KEY": settings.PAYUNG_KEY_RING.spell(),
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.office.killed_verb_child", verb, str(subject), str(die_at)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def stored(cast: Cast) -> dict[str, str]:
    """What stands in every table of the office, each as one digest."""
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("payung.office.")]
    tables = [model._meta.db_table for room in rooms for model in room.get_models()]
    with whole_government(cast.government), connection.cursor() as cursor:
        return {table: _digest(cursor, table) for table in tables}


def _digest(cursor: CursorWrapper, table: str) -> str:
    told = sql.SQL("SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {} t")
    cursor.execute(told.format(sql.Identifier(table)))
    return str(cursor.fetchone()[0])


def die_throughout(cast: Cast, verb: str, subject: int) -> None:
    """Kill the verb at its first change, its second, fourth, eighth ..., until it lives; then it did its work."""
    before = stored(cast)
    changes = 1
    assert child(verb, subject, changes).returncode == -signal.SIGKILL
    assert stored(cast) == before
    while (lived := child(verb, subject, changes * 2)).returncode == -signal.SIGKILL:
        assert stored(cast) == before, f"killed at change {changes * 2}, and something was left half done"
        changes *= 2
    assert lived.returncode == 0, lived.stderr[-2000:]
    assert stored(cast) != before, "the last one lived and did its work"


def mapped(cast: Cast) -> int:
    """A file whose columns were named and that waits to be read."""
    told = [("kode", "orang", "lahir"), *((row["nik"], row["name"], str(row["birth_date"])) for row in people(5))]
    content = "\n".join(";".join(line) for line in told).encode()
    with pytest.raises(LayoutWaits) as waits:
        receive(content=content, name="asing.csv", heading=cast.heading(cast.works), by=cast.operator, at=AT)
    waiting = waits.value.waiting
    sheets = layouts.proposed(waiting)
    named = {one.fingerprint: layouts.mapping_of(one, {"A": "nik", "B": "name", "C": "birth_date"}) for one in sheets}
    layouts.confirm(waiting=waiting, mappings=named, by=cast.operator, at=AT)
    return waiting.pk


def mended(cast: Cast) -> int:
    """A list with a damaged NIK that somebody corrected."""
    content = test_list_versions.book(*test_list_versions.GOOD, test_list_versions.SHORT)
    listed = test_list_versions.hand_in(cast, content).roster_list
    mend(roster_list=listed, position=5, column="A", text="3273065208800005", by=cast.operator, at=AT)
    return listed.pk


def merging(cast: Cast) -> int:
    enrol(cast, cast.heading(cast.works), people(1))
    enrol(cast, cast.heading(cast.health), people(1, first=2))
    stays, goes = Person.objects.order_by("pk")
    Spell.objects.filter(membership__person=goes).update(replaced_at=AT)
    return propose_merge(absorbed=goes, surviving=stays, area=cast.area, by=cast.operator, at=AT).pk


def decreed(cast: Cast) -> int:
    decree = pool.drafted(cast, quota=3, rules=())
    pool.propose(cast, decree, [pool.Villager(number) for number in range(1, 5)])
    check_again(decree=decree, by=cast.operator, at=pool.NOW)
    made = propose_list(decree=decree, paper=pool.paper(), by=cast.operator, at=pool.NOW)
    pool.approve(cast, made)
    return made.pk


def month(cast: Cast) -> int:
    """An approved month: a wage, a move, somebody who left."""
    enrol(cast, cast.heading(cast.works), people(4))
    content, _ = test_monthly.sent(cast)
    told: test_monthly.Fill = {
        0: {"PERUBAHAN": "UPAH", "UPAH BARU": 3_000_000},
        1: {"PERUBAHAN": "PINDAH", "TANGGAL": "15-11-2022", "PINDAH KE": "Dinkes"},
        2: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"},
    }
    listed = test_monthly.returned(cast, test_monthly.filled(content, told))
    monthly.choose(roster_list=listed, accepted=monthly.GROUPS, by=cast.operator, at=AT)
    made = plan(roster_list=listed, by=cast.operator, at=AT)
    approve(cast, made.proposal, by=cast.admin)
    return made.pk


def ending(cast: Cast) -> int:
    enrol(cast, cast.heading(cast.works), people(3))
    return test_outside.took(cast, test_outside.deaths((1, "05-11-2022"))).pk


def taking(cast: Cast) -> int:
    enrol(cast, cast.heading(cast.works), people(3))
    return cast.government.pk


MADE = {
    "mapping": mapped, "mending": mended, "merging": merging, "decree": decreed, "month": month, "leaving": month,
    "taking": taking, "ending": ending,
}  # fmt: skip


@pytest.mark.parametrize("verb", MADE)
def test_a_verb_is_whole_or_nothing(verb: str) -> None:
    with transaction.atomic():
        cast = call_cast()
        subject = MADE[verb](cast)
    die_throughout(cast, verb, subject)


def test_making_files_final_is_whole_or_nothing() -> None:
    with transaction.atomic():
        cast, unit = office(5)
        made = draft(unit=unit, month=OCTOBER, by=cast.operator, at=AT)
    die_throughout(cast, "submitting", made.pk)
