"""Questions about candidates: who is proposed, with which outcome and why, and what was said of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from payung.office.access.marks import unseal
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area
from payung.office.verification.models import Candidate, Outcome, Visit, WorkStatement

PLACES = {"kecamatan": "kecamatan_code", "desa": "desa_code", "segment": "segment"}
"""By what candidates are grouped -> the column that says so."""
TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Proposed:
    """One line of the pool. The NIK is in clear: mask it before a screen."""

    id: int
    name: str
    nik: str | None
    birth_date: date | None
    desa_code: str | None
    kecamatan_code: str | None
    segment: str | None
    job: str | None
    outcome: str
    reason: str | None
    person_id: int | None


@dataclass(frozen=True)
class Wanted:
    """Which candidates are asked for; empty means all. `outcome` TAKEN_BACK: those who are candidates no more."""

    outcome: str = ""
    reason: str = ""
    kecamatan: str = ""
    desa: str = ""
    segment: str = ""


@dataclass(frozen=True)
class Known:
    """Everything that was said of one candidate."""

    candidate: Candidate
    nik: str | None
    outcome: Outcome
    statements: Sequence[WorkStatement]
    visits: Sequence[Visit]


@dataclass(frozen=True)
class DecreeLine:
    """One decree with its counts in an area."""

    decree: Decree
    candidates: int
    valid: int
    asked: int
    out: int
    decreed: int


def visible_candidates(area: Area, *, taken_back: bool = False) -> QuerySet[Candidate]:
    """The candidates that an area shows: those of the OPD's decrees, and those who live in its villages.

    `taken_back`: those who were, instead of those who stand.
    """
    found = Candidate.objects.filter(government=area.government, taken_back_at__isnull=not taken_back)
    if area.opd_ids is None:
        return found
    own = Q(kecamatan_code__in=area.villages) | Q(desa_code__in=area.villages)
    return found.filter(own | Q(opd_id__in=area.opd_ids))


def pool(area: Area, decree: Decree, wanted: Wanted) -> QuerySet[Candidate]:
    """The candidates of a decree that are asked for, as they were proposed."""
    taken_back = wanted.outcome == TAKEN_BACK
    found = visible_candidates(area, taken_back=taken_back).filter(decree=decree)
    told = {
        "outcome__outcome": "" if taken_back else wanted.outcome,
        "outcome__reason": "" if taken_back else wanted.reason,
        "kecamatan_code": wanted.kecamatan,
        "desa_code": wanted.desa,
        "segment": wanted.segment,
    }
    return found.filter(**{name: value for name, value in told.items() if value}).order_by("pk")


def proposed(area: Area, decree: Decree, wanted: Wanted, *, after: int = 0, limit: int | None = None) -> list[Proposed]:
    """The lines of the pool after a candidate."""
    found = pool(area, decree, wanted).filter(pk__gt=after).select_related("outcome")
    return [_proposed(one) for one in (found if limit is None else found[:limit])]


def _proposed(one: Candidate) -> Proposed:
    return Proposed(
        id=one.pk,
        name=one.name,
        nik=unseal(one.nik_sealed, kind="nik"),
        birth_date=one.birth_date,
        desa_code=one.desa_code,
        kecamatan_code=one.kecamatan_code,
        segment=one.segment,
        job=one.job,
        outcome=TAKEN_BACK if one.taken_back_at else one.outcome.outcome,
        reason=one.taken_back_reason or one.outcome.reason,
        person_id=one.person_id,
    )


def taken_back_in(area: Area, decree: Decree) -> int:
    """How many were proposed and taken back again."""
    return visible_candidates(area, taken_back=True).filter(decree=decree).count()


def outcomes_in(area: Area, decree: Decree) -> dict[str, int]:
    """Outcome -> how many candidates."""
    counted = visible_candidates(area).filter(decree=decree).values_list("outcome__outcome").annotate(Count("pk"))
    return {str(outcome): count for outcome, count in counted.order_by()}


def reasons_in(area: Area, decree: Decree) -> dict[tuple[str, str], int]:
    """(outcome, deciding reason) -> how many candidates; those without a reason are left out."""
    counted = visible_candidates(area).filter(decree=decree, outcome__reason__isnull=False)
    grouped = counted.values_list("outcome__outcome", "outcome__reason").annotate(Count("pk")).order_by()
    return {(outcome, reason): count for outcome, reason, count in grouped}


def parts_in(area: Area, decree: Decree, by: str) -> dict[str | None, int]:
    """Kecamatan, desa or segment -> how many candidates; None where it is not known."""
    column = PLACES[by]
    counted = visible_candidates(area).filter(decree=decree).values_list(column).annotate(Count("pk")).order_by(column)
    return dict(counted)


def known(area: Area, candidate_id: int) -> Known:
    """One candidate, also one who was taken back. Raises Candidate.DoesNotExist outside the area."""
    scope = visible_candidates(area) | visible_candidates(area, taken_back=True)
    told = ("decree__agreement", "decree__government", "outcome", "taken_back_by")
    one = scope.select_related(*told).get(pk=candidate_id)
    return Known(
        candidate=one,
        nik=unseal(one.nik_sealed, kind="nik"),
        outcome=one.outcome,
        statements=list(
            WorkStatement.objects.filter(candidate=one).select_related("recorded_by").order_by("-stated_on", "-pk")
        ),
        visits=list(Visit.objects.filter(candidate=one).select_related("recorded_by").order_by("-visited_on", "-pk")),
    )


def checked_at(decree: Decree) -> datetime | None:
    """When some candidate was last checked; None while there is none."""
    newest: datetime | None = Outcome.objects.filter(candidate__decree=decree).aggregate(at=Max("checked_at"))["at"]
    return newest


def decrees(area: Area) -> QuerySet[Decree]:
    """The decrees of the area's government, the newest first.

    Not joined with their OPD and budget line: a village officer sees neither, and would see no decree.
    """
    found = Decree.objects.filter(government=area.government).select_related("agreement", "government")
    return found.order_by("-effective_from", "-pk")
