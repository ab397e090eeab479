"""Verbs of the award file: note and take back, freeze. And its proof: a pack says of itself whether it was changed."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.files.actions import keep
from payung.office.places.queries import Area
from payung.office.reports.award import rules_of
from payung.office.reports.award_models import AwardEntry, AwardFile

MANIFEST = "manifest.json"
MOST_FILES = 50
LARGEST_FILE_BYTES = 200 << 20


class EntryRefused(Exception):
    """It cannot be noted; `reason` is `incomplete` or `weight_known`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Noted:
    """What is noted for a year: see AwardEntry."""

    year: int
    kind: str
    code: str = ""
    number: str = ""
    title: str = ""
    dated_on: date | None = None
    percent: int | None = None


@dataclass(frozen=True)
class Checked:
    """What a pack, or one file of it, says of itself. `faults` are (code, file); whole when there are none."""

    digest: str
    manifest: Mapping[str, Any]
    faults: tuple[tuple[str, str], ...]


@transaction.atomic
def note(*, area: Area, noted: Noted, by: User, at: datetime) -> AwardEntry:
    """A regulation, an innovation, or a weight (for which no other stands). Raises EntryRefused, NotAllowed."""
    _may(by, area)
    if noted.kind == AwardEntry.WEIGHT and noted.code not in {one["code"] for one in rules_of(noted.year)["criteria"]}:
        raise EntryRefused("incomplete")
    try:
        with transaction.atomic():
            made = AwardEntry.objects.create(
                government=area.government, year=noted.year, kind=noted.kind, code=noted.code, number=noted.number,
                title=noted.title, dated_on=noted.dated_on, percent=noted.percent, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as problem:
        raise EntryRefused("weight_known" if "award_weight_once" in str(problem) else "incomplete") from problem
    detail = {"year": noted.year, "kind": noted.kind}
    record("note_for_award", subject=f"award_entry:{made.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def take_back(*, area: Area, entry_id: int, by: User, at: datetime) -> AwardEntry:
    """It counts no more; frozen files keep it. Raises AwardEntry.DoesNotExist when it does not stand."""
    _may(by, area)
    standing = AwardEntry.objects.select_for_update(of=("self",)).filter(replaced_at__isnull=True)
    found = standing.get(pk=entry_id, government=area.government)
    found.replaced_at = at
    found.save(update_fields=["replaced_at"])
    record("take_back_for_award", subject=f"award_entry:{found.pk}", by=by, at=at)
    return found


@transaction.atomic
def freeze(
    *, area: Area, year: int, on: date, content: dict[str, Any], pack: bytes, name: str, by: User, at: datetime
) -> AwardFile:
    """Keep a pack for good; the same pack is kept once. Raises NotAllowed.

    The pack must be whole by its own manifest (an assertion: we made it).
    """
    _may(by, area)
    checked = check(pack)
    assert not checked.faults, checked.faults
    file, _ = keep(government=area.government, content=pack, name=name, by=by, at=at)
    made, new = AwardFile.objects.get_or_create(
        government=area.government,
        sha256=checked.digest,
        defaults={
            "year": year, "frozen_on": on, "content": content, "manifest": dict(checked.manifest), "file": file,
            "made_by": by, "made_at": at,
        },
    )  # fmt: skip
    if new:
        detail = {"year": year, "sha256": checked.digest}
        record("freeze_award", subject=f"award_file:{made.pk}", by=by, at=at, detail=detail)
    return made


def _may(by: User, area: Area) -> None:
    require(by, Deed.KEEP_AWARD)
    if area.opd_ids is not None:
        raise NotAllowed("berkas penghargaan memuat seluruh pemerintah daerah")


def canonical(told: Mapping[str, Any]) -> bytes:
    """Plain data in one fixed form, over which a digest is taken."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def packed(parts: Mapping[str, bytes], told: Mapping[str, Any], on: date) -> bytes:
    """The files as one zip with their manifest: the same files on the same day are the same bytes."""
    manifest = {**told, "files": {name: sha256(content).hexdigest() for name, content in sorted(parts.items())}}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: canonical(manifest), **dict(sorted(parts.items()))}.items():
            entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def check(pack: bytes) -> Checked:
    """Every file against the manifest; codes: not_a_pack, no_manifest, too_large, changed, missing, added."""
    try:
        with zipfile.ZipFile(io.BytesIO(pack)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if len(sizes) > MOST_FILES or sum(sizes.values()) > LARGEST_FILE_BYTES:
                return Checked("", {}, (("too_large", ""),))
            contents = {name: archive.read(name) for name in sizes}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return Checked("", {}, (("not_a_pack", ""),))
    try:
        told = json.loads(contents.pop(MANIFEST))
        named: Mapping[str, str] = dict(told["files"])
    except (KeyError, ValueError, TypeError):
        return Checked("", {}, (("no_manifest", ""),))
    found = {name: sha256(content).hexdigest() for name, content in contents.items()}
    faults = [("missing", name) for name in sorted(named.keys() - found.keys())]
    faults += [("added", name) for name in sorted(found.keys() - named.keys())]
    faults += [("changed", name) for name in sorted(named.keys() & found.keys()) if named[name] != found[name]]
    return Checked(sha256(canonical(told)).hexdigest(), told, tuple(faults))


def frozen_as(area: Area, content: bytes) -> tuple[AwardFile | None, Checked]:
    """The frozen file that a pack is, or that a single file (its PDF, one workbook) belongs to; and its check."""
    own = AwardFile.objects.filter(government=area.government).select_related("made_by").order_by("-made_at")
    checked = check(content)
    if checked.digest:
        return own.filter(sha256=checked.digest).first(), checked
    digest = sha256(content).hexdigest()
    found = next((one for one in own if digest in one.manifest["files"].values()), None)
    return found, Checked(digest, {}, ()) if found else checked
