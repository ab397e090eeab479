"""How papers are headed and signed: set for a government or one OPD from a day on, asked for a day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Government, Letterhead, Opd


@dataclass(frozen=True)
class NewLetterhead:
    """What stands on the paper: the lines below the government's name, the place, and who signs."""

    from_day: date
    lines: Sequence[str]
    city: str
    officer_post: str
    officer_name: str
    officer_number: str
    treasurer_post: str
    treasurer_name: str
    treasurer_number: str


@transaction.atomic
def set_letterhead(
    *, government: Government, opd: Opd | None, told: NewLetterhead, by: User, at: datetime
) -> Letterhead:
    """Papers dated from that day on look so; what was said before of the same day is replaced. Raises NotAllowed."""
    require(by, Deed.SET_OFFICE)
    Letterhead.objects.filter(government=government, opd=opd, from_day=told.from_day, replaced_at__isnull=True).update(
        replaced_at=at
    )
    made = Letterhead.objects.create(
        government=government, opd=opd, recorded_by=by, recorded_at=at, **{**asdict(told), "lines": list(told.lines)}
    )
    detail = {"opd": opd.pk if opd else None, "from_day": str(told.from_day)}
    record("set_letterhead", subject=f"government:{government.pk}", by=by, at=at, detail=detail)
    return made


def letterhead_on(government_id: int, opd_id: int | None, day: date) -> Letterhead | None:
    """That of the OPD on a day, else the government's own; None where neither was set."""
    standing = Letterhead.objects.filter(government_id=government_id, from_day__lte=day, replaced_at__isnull=True)
    found = standing.filter(Q(opd_id=opd_id) | Q(opd__isnull=True))
    return found.order_by(F("opd_id").asc(nulls_last=True), "-from_day").first()


def letterheads(government_id: int) -> list[Letterhead]:
    """Everything that was set and stands, the government's own first, the newest day first."""
    found = Letterhead.objects.filter(government_id=government_id, replaced_at__isnull=True)
    return list(found.select_related("opd").order_by(F("opd__name").asc(nulls_first=True), "-from_day"))
