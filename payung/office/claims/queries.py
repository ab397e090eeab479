"""Questions about cases: a page of them, one of them whole, and deaths that nobody claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from payung.office.approvals.models import Proposal
from payung.office.claims.catalogue import kinds
from payung.office.claims.circumstances import Circumstances, circumstances
from payung.office.claims.clocks import Clock, clocks
from payung.office.claims.judging import Judged, judge
from payung.office.claims.kind import Kind
from payung.office.claims.models import Answer, Assessment, Benefit, Case, Document, Heir, Move, Payout
from payung.office.claims.taking_back import Step, last_step
from payung.office.places.queries import Area
from payung.rules.law.clocks import Holidays
from payung.rules.law.words import Language

PAGE = 50
WHO = {
    "open": "office", "approved": "office", "submitted": "bpjs", "granted": "bpjs", "refused": "family",
    "denied": "family", "appealed": "office", "paid": "nobody",
}  # fmt: skip
"""Who must act next on a benefit in a state; one that waits for a second person says so instead."""
_ORDER = ("checker", "office", "bpjs", "family", "nobody")


@dataclass(frozen=True)
class Line:
    """One case of a list. `who` must act next: the office closes a case of which everything is done."""

    id: int
    reference: str
    person: str
    event: str
    event_on: date
    state: str
    benefits: tuple[tuple[str, str], ...]
    who: str


@dataclass(frozen=True)
class Page:
    """Cases from the newest event on; `after` asks for the next ones."""

    lines: tuple[Line, ...]
    after: str


def cases(area: Area) -> QuerySet[Case]:
    """The cases that an area shows."""
    return Case.objects.filter(government=area.government)


def listed(
    area: Area,
    *,
    state: str = "",
    event: str = "",
    kind: str = "",
    step: str = "",
    unclaimed: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """A page of cases by their state and event, by the kind and state (`step`) of a benefit, or the `unclaimed`.

    The persons are asked for after the page is cut: joined, the planner reads all of them first.
    """
    found = _unclaimed(area) if unclaimed else cases(area)
    if state:
        found = found.filter(state=state)
    if event:
        found = found.filter(event=event)
    if kind or step:
        of_case = Benefit.objects.filter(case=OuterRef("pk"))
        of_case = of_case.filter(kind=kind) if kind else of_case
        found = found.filter(Exists(of_case.filter(state=step) if step else of_case))
    if after:
        day, _, number = after.partition(":")
        found = found.filter(Q(event_on__lt=day) | Q(event_on=day, pk__lt=int(number)))
    rows = list(found.prefetch_related("person").order_by("-event_on", "-pk")[: limit + 1])
    shown = rows[:limit]
    benefits = _benefits(shown)
    last = f"{shown[-1].event_on}:{shown[-1].pk}" if len(rows) > limit else ""
    return Page(tuple(_line(case, benefits.get(case.pk, [])) for case in shown), last)


def _benefits(shown: Sequence[Case]) -> dict[int, list[tuple[str, str, bool]]]:
    waiting = Assessment.objects.filter(benefit=OuterRef("pk"), proposal__state=Proposal.OPEN)
    found: dict[int, list[tuple[str, str, bool]]] = {}
    rows = Benefit.objects.filter(case__in=shown).annotate(waits=Exists(waiting)).order_by("pk")
    for case_id, kind, state, waits in rows.values_list("case_id", "kind", "state", "waits"):
        found.setdefault(case_id, []).append((kind, state, waits))
    return found


def _line(case: Case, benefits: list[tuple[str, str, bool]]) -> Line:
    acting = {"checker" if waits else WHO[state] for _, state, waits in benefits}
    who = (
        "nobody"
        if case.state in (Case.CLOSED, Case.DROPPED)
        else next((one for one in _ORDER if one in acting and one != "nobody"), "office")
    )
    told = tuple((kind, state) for kind, state, _ in benefits)
    return Line(case.pk, case.reference, case.person.name, case.event, case.event_on, case.state, told, who)


@dataclass(frozen=True)
class Claim:
    """One benefit of a case as it stands today; `taken_back` are answers and payouts that count no more."""

    benefit: Benefit
    kind: Kind
    judged: Judged
    clocks: tuple[Clock, ...]
    waiting: Assessment | None
    agreed: Assessment | None
    answers: tuple[Answer, ...]
    payouts: tuple[Payout, ...]
    taken_back: tuple[Step, ...]
    moves: tuple[Move, ...]
    who: str

    @property
    def last_step(self) -> Step | None:
        """The answer or payout that may be taken back now."""
        return last_step(self.benefit.state, self.answers, self.payouts)

    @property
    def paid_rupiah(self) -> int:
        return sum(one.amount_rupiah for one in self.payouts if one.paid_by != Payout.REFUND)


@dataclass(frozen=True)
class Whole:
    """A case with everything that belongs to it. Its documents come without their files, which are large."""

    case: Case
    about: Circumstances
    claims: tuple[Claim, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.about.documents

    @property
    def heirs(self) -> tuple[Heir, ...]:
        return self.about.heirs


def whole(case: Case, *, on: date, holidays: Holidays, language: Language = "id") -> Whole:
    """One case as it stands on a day, in as many statements however many benefits it has; the whole government must be
    in sight (see `circumstances`).
    """
    about = circumstances(case, on=on)
    benefits = list(
        Benefit.objects.filter(case=case)
        .order_by("pk")
        .prefetch_related(
            Prefetch(
                "payout_set", Payout.objects.select_related("heir", "taken_back__recorded_by").order_by("paid_on", "pk")
            ),
            Prefetch("assessment_set", Assessment.objects.select_related("proposal__made_by").order_by("-pk")),
            Prefetch("answer_set", Answer.objects.select_related("taken_back__recorded_by").order_by("pk")),
            Prefetch("move_set", Move.objects.select_related("recorded_by").order_by("pk")),
        )
    )
    return Whole(case, about, tuple(_claim(benefit, about, holidays, language) for benefit in benefits))


def _claim(benefit: Benefit, about: Circumstances, holidays: Holidays, language: Language) -> Claim:
    """One benefit, fetched with all that belongs to it."""
    kind = kinds()[benefit.kind]
    held = judge(kind, about, language=language)
    steps: list[Step] = [*benefit.answer_set.all(), *benefit.payout_set.all()]
    payouts = tuple(one for one in steps if isinstance(one, Payout) and one.taken_back is None)
    said = list(benefit.assessment_set.all())
    waiting = next((one for one in said if one.proposal.state == Proposal.OPEN), None)
    paid_on = payouts[-1].paid_on if benefit.state == Benefit.PAID and payouts else None
    moves = tuple(benefit.move_set.all())
    submitted_on = next((one.on_day for one in moves if one.state == Benefit.SUBMITTED), None)
    times = clocks(kind, about, held.amounts, submitted_on=submitted_on, paid_on=paid_on, holidays=holidays)
    return Claim(
        benefit=benefit,
        kind=kind,
        judged=held,
        clocks=tuple(times),
        waiting=waiting,
        agreed=next((one for one in said if one.proposal.state == Proposal.APPROVED), None),
        answers=tuple(one for one in steps if isinstance(one, Answer) and one.taken_back is None),
        payouts=payouts,
        taken_back=tuple(one for one in steps if one.taken_back is not None),
        moves=moves,
        who="checker" if waiting else WHO[benefit.state],
    )


def unclaimed_deaths(area: Area) -> QuerySet[Case]:
    """Deaths for which no benefit has come further than its opening, the oldest first: the family may not know."""
    return _unclaimed(area).select_related("person").order_by("event_on", "pk")


def _unclaimed(area: Area) -> QuerySet[Case]:
    further = Benefit.objects.filter(case=OuterRef("pk")).exclude(state=Benefit.OPEN)
    found = cases(area).filter(event="death", state__in=[Case.PROPOSED, Case.OPEN])
    return found.exclude(Exists(further))
