"""Verbs that gather what a claim needs: facts, heirs, papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.claims.catalogue import documents, facts
from payung.office.claims.models import Case, Document, Fact, Heir
from payung.office.files.actions import keep
from payung.office.files.scans import ScanRefused, media_type
from payung.rules.law.benefits.losses import LossError, losses
from payung.rules.law.benefits.questions import JOINED_BY
from payung.rules.law.figures import LawError
from payung.rules.money import LARGEST_WAGE_RUPIAH


class GatheringRefused(Exception):
    """It cannot be kept; `reason` is `closed`, `fact_unknown`, `fact_unreadable`, `no_parts`, `document_unknown`,
    `too_large` or `not_a_picture`; `about` names the fact."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


@dataclass(frozen=True)
class NewHeir:
    """Who receives. The account is in clear here and sealed on the way."""

    relation: str
    name: str
    parts: int = 1
    birth_date: date | None = None
    guardian: str = ""
    school: str = ""
    married_or_working: bool = False
    bank: str = ""
    account: str = ""


def _open(case_id: int, by: User) -> Case:
    require(by, Deed.OPEN_CLAIM)
    found = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if found.state != Case.OPEN:
        raise GatheringRefused("closed")
    return found


@transaction.atomic
def note_facts(*, case_id: int, told: Mapping[str, str], by: User, at: datetime) -> int:
    """Put what was learned beside the case; an empty value takes a fact back. Returns how many changed.

    Raises NotAllowed and GatheringRefused.
    """
    found = _open(case_id, by)
    values = {code: readable(code, value.strip(), found) for code, value in told.items()}
    standing = {one.code: one for one in Fact.objects.filter(case=found, replaced_at__isnull=True)}
    changed = {
        code: value for code, value in values.items() if value != (standing[code].value if code in standing else "")
    }
    Fact.objects.filter(case=found, code__in=changed, replaced_at__isnull=True).update(replaced_at=at)
    Fact.objects.bulk_create(
        Fact(
            government_id=found.government_id, case=found, code=code, value=value, recorded_by=by, recorded_at=at
        )
        for code, value in changed.items()
        if value
    )  # fmt: skip
    if changed:
        record("note_facts", subject=f"case:{case_id}", by=by, at=at, detail={"facts": sorted(changed)})
    return len(changed)


def readable(code: str, value: str, case: Case) -> str:
    """The value as it is kept. Raises GatheringRefused for a fact that nobody asks, or a value that is none."""
    asked = facts().get(code)
    if asked is None:
        raise GatheringRefused("fact_unknown", code)
    try:
        sound = not value or _sound(asked.unit, asked.options, value, case)
    except (ValueError, LossError, LawError) as problem:
        raise GatheringRefused("fact_unreadable", code) from problem
    if not sound:
        raise GatheringRefused("fact_unreadable", code)
    return value


def _sound(unit: str, options: Sequence[str], value: str, case: Case) -> bool:
    if unit == "yes":
        return value in ("yes", "no")
    if unit == "choice":
        return value in options
    if unit == "day":
        return bool(date.fromisoformat(value))
    if unit == "moment":
        return datetime.fromisoformat(value).tzinfo is None
    if unit == "losses":
        return _losses(value, case.event_on)
    most = LARGEST_WAGE_RUPIAH if unit == "rupiah" else 366
    return value.isascii() and value.isdigit() and int(value) <= most


def _losses(value: str, on: date) -> bool:
    """Readable as lost parts, or as lost functions."""
    try:
        return bool(losses(value.split(JOINED_BY), functional=False, left_handed=False, on=on))
    except LossError:
        return bool(losses(value.split(JOINED_BY), functional=True, left_handed=False, on=on))


@transaction.atomic
def name_heirs(*, case_id: int, named: Sequence[NewHeir], by: User, at: datetime) -> list[Heir]:
    """Who receives, instead of whoever was named before. Raises NotAllowed and GatheringRefused."""
    found = _open(case_id, by)
    if any(heir.parts < 1 or not heir.name.strip() for heir in named):
        raise GatheringRefused("no_parts")
    Heir.objects.filter(case=found, replaced_at__isnull=True).update(replaced_at=at)
    made = [
        Heir.objects.create(
            government_id=found.government_id, case=found, relation=heir.relation, name=heir.name.strip(),
            birth_date=heir.birth_date, parts=heir.parts, guardian=heir.guardian, school=heir.school,
            married_or_working=heir.married_or_working, bank=heir.bank,
            account_sealed=seal(heir.account, kind="account") if heir.account else None, recorded_by=by,
            recorded_at=at,
        )
        for heir in named
    ]  # fmt: skip
    record("name_heirs", subject=f"case:{case_id}", by=by, at=at, detail={"heirs": len(made)})
    return made


@transaction.atomic
def add_document(*, case_id: int, code: str, content: bytes, name: str, by: User, at: datetime) -> Document:
    """A paper of the case: a photo (JPEG, PNG) or a PDF, told by its content. The same file again changes nothing.

    Raises NotAllowed and GatheringRefused.
    """
    found = _open(case_id, by)
    if code not in documents():
        raise GatheringRefused("document_unknown", code)
    try:
        told = media_type(content)
    except ScanRefused as refused:
        raise GatheringRefused(refused.reason) from refused
    file, _ = keep(government=found.government, content=content, name=name, by=by, at=at)
    made, new = Document.objects.get_or_create(
        case=found, code=code, file=file, replaced_at=None,
        defaults={
            "government_id": found.government_id, "media_type": told, "recorded_by": by, "recorded_at": at,
        },
    )  # fmt: skip
    if new:
        record("add_document", subject=f"case:{case_id}", by=by, at=at, detail={"code": code, "file": file.pk})
    return made


@transaction.atomic
def take_document(*, document_id: int, by: User, at: datetime) -> None:
    """A paper does not belong here; its file stays kept. Raises NotAllowed and GatheringRefused."""
    found = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    _open(found.case_id, by)
    if found.replaced_at is None:
        found.replaced_at = at
        found.save(update_fields=["replaced_at"])
        record("take_document", subject=f"case:{found.case_id}", by=by, at=at, detail={"code": found.code})
