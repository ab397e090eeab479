"""Questions about agreements: what holds in a month, when it ends, and how the office reads what is doubtful."""

from dataclasses import dataclass
from datetime import date, datetime

from payung.office.agreements.models import Agreement, LawReading
from payung.office.agreements.paper_models import Addendum, Attachment
from payung.office.known import standing
from payung.rules.law.dated import DatedReading, DatedReadings
from payung.rules.law.wages import WageBase, wage_base
from payung.rules.months import Month


def terms_of(agreement: Agreement, month: Month) -> Agreement | Addendum:
    """The paper whose terms hold in a month: the newest addendum in force by then, else the agreement itself.

    Many agreements are asked for with `prefetch_related("addenda")`.
    """
    begun = [one for one in agreement.addenda.all() if one.effective_from <= month.first_day]
    return max(begun, key=lambda one: one.sequence, default=agreement)


def until_of(agreement: Agreement) -> date | None:
    """The last day by the newest paper; None when there is none."""
    newest = max(agreement.addenda.all(), key=lambda one: one.sequence, default=None)
    return agreement.effective_until if newest is None else newest.effective_until


def base_of(agreement: Agreement, month: Month) -> WageBase | None:
    """The wage base that the agreement itself fixes for a month; None when each person's wage decides."""
    terms = terms_of(agreement, month)
    if terms.wage_base == "honorarium":
        return None
    frozen = terms.wage_base_frozen_at
    return wage_base(
        terms.wage_base,
        terms.wage_base_place,
        Month.of(frozen) if frozen else month,
        terms.wage_nominal_rupiah,
    )


@dataclass(frozen=True)
class Standing:
    """An agreement on a day. `state` is `coming`, `running`, `ending` (its end is near), `ended`."""

    agreement: Agreement
    terms: Agreement | Addendum
    until: date | None
    state: str
    scanned: bool


def agreements_on(government_id: int, day: date) -> list[Standing]:
    """Every agreement as it stands on a day: those that end soon first, then running, coming, ended."""
    found = Agreement.objects.filter(government_id=government_id).prefetch_related("addenda")
    scans = Attachment.objects.filter(government_id=government_id, kind=Attachment.SCAN)
    scanned = set(scans.values_list("agreement_id", flat=True))
    told = [standing_on(one, day, scanned=one.pk in scanned) for one in found.order_by("-effective_from", "pk")]
    return sorted(told, key=lambda one: ("ending", "running", "coming", "ended").index(one.state))


def standing_on(agreement: Agreement, day: date, *, scanned: bool = False) -> Standing:
    """One agreement on a day; whether its scan is attached is told by the caller."""
    until = until_of(agreement)
    if until is not None and until < day:
        state = "ended"
    elif agreement.effective_from > day:
        state = "coming"
    elif until is not None and (until - day).days <= agreement.warn_days:
        state = "ending"
    else:
        state = "running"
    return Standing(agreement, terms_of(agreement, Month.of(day)), until, state, scanned)


def readings_of(government_id: int, *, known_at: datetime | None = None) -> DatedReadings:
    """How the government reads what is doubtful, each from a month on, as known at an instant (None: now)."""
    found = LawReading.objects.filter(standing(known_at), government_id=government_id).order_by("from_month", "pk")
    return DatedReadings(tuple(DatedReading(Month.of(row.from_month), row.reading, row.option) for row in found))


def readings_said(government_id: int) -> dict[str, list[LawReading]]:
    """What the government confirmed, by reading, in the order of the months from which it holds."""
    said: dict[str, list[LawReading]] = {}
    for row in LawReading.objects.filter(standing(None), government_id=government_id).order_by("from_month", "pk"):
        said.setdefault(row.reading, []).append(row)
    return said
