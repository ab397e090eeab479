"""Was this person covered on this day, by whom, under which agreement, and why?

Asked on demand, never stored, and on request as it was known at an earlier instant (`known_at`). Reasons are codes
with facts: the doors put them into words.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from payung.office.billing.models import BillLine, Posting
from payung.office.billing.queries import due
from payung.office.enrolment.models import PaidBefore, Spell
from payung.office.enrolment.programmes import names
from payung.office.known import recorded, standing
from payung.office.registry.aliases import group_of
from payung.office.registry.models import Membership
from payung.rules.law.answers import Answer
from payung.rules.law.membership import Standing, cover_begins
from payung.rules.law.membership import State as Paid
from payung.rules.law.membership import standing as membership_standing
from payung.rules.months import Month

Fact = str | int | date


class State(Enum):
    """What cover is, on a day (DECISIONS: Coverage answers)."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"
    ENDED = "ended"
    NEVER = "never"


@dataclass(frozen=True)
class Reason:
    """One step of the answer: a code and the facts it rests on."""

    code: str
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Cover:
    """The answer for one membership on one day. `until` is the last day of grace, `since` the first day of a state."""

    membership_id: int
    membership_class: str
    day: date
    state: State
    since: date | None
    until: date | None
    payer: str | None
    fund: str | None
    agreement: str | None
    programmes: tuple[str, ...]
    reasons: tuple[Reason, ...]
    certainty: str
    doubt: str


class Cell(Enum):
    """One month of a person's calendar strip."""

    BEFORE = "before"
    # By BPJS, or by an opening list.
    POSTED = "posted"
    BILLED = "billed"
    UNPAID = "unpaid"
    GAP = "gap"


def cover_on(person_id: int, day: date, *, known_at: datetime | None = None) -> list[Cover]:
    """One answer for each membership of the person and of whom was merged into her; none at all means never.

    With `known_at`: what would have been answered at that instant, from the spells and proofs recorded by then.
    """
    memberships = Membership.objects.filter(person_id__in=group_of(person_id)).order_by("pk")
    return [_cover(membership, day, known_at) for membership in memberships]


def _cover(membership: Membership, day: date, known_at: datetime | None) -> Cover:
    spells = list(
        Spell.objects.filter(standing(known_at), membership=membership)
        .select_related("payer_opd", "budget_line__fund", "agreement")
        .order_by("from_month", "pk")
    )
    month = Month.of(day).first_day
    now = [spell for spell in spells if spell.from_month <= month <= (spell.until_month or date.max)]
    if now:
        return _within(membership, now, day, known_at)
    earlier = [spell for spell in spells if spell.until_month and spell.until_month < month]
    later = [spell for spell in spells if spell.from_month > month]
    if earlier:
        last = max(earlier, key=lambda spell: spell.until_month or date.min)
        ended = Month.of(last.until_month or day).last_day
        reason = Reason("spell_ended", {"month": ended, "agreement": last.agreement.number})
        return _answer(membership, [last], day, State.ENDED, [reason], since=ended + timedelta(days=1))
    if later:
        first = later[0]
        reason = Reason("spell_starts_later", {"month": first.from_month, "agreement": first.agreement.number})
        return _answer(membership, [first], day, State.PLANNED, [reason], since=first.from_month)
    return _answer(membership, [], day, State.NEVER, [Reason("no_spell")])


def _within(membership: Membership, spells: list[Spell], day: date, known_at: datetime | None) -> Cover:
    """The day lies in a spell: proof decides between planned, confirmed, in grace and lapsed."""
    spell = spells[0]
    reasons = [
        Reason(
            "spell",
            {
                "from": spell.from_month,
                "agreement": spell.agreement.number,
                "payer": spell.payer_opd.name,
                "fund": spell.budget_line.fund.name,
            },
        )
    ]
    effective, posted = spell.agreement.effective_from, _posted(membership, day, known_at)
    if before := _paid_before(membership.pk, known_at, since_day__lte=day):
        effective, posted = min(effective, before.since_day), sorted({*posted, *_months_of(before, day)})
        reasons.append(Reason("opening_list", {"day": before.since_day, "month": before.until_month}))
    if day < effective:
        return _answer(
            membership, spells, day, State.PLANNED, [*reasons, Reason("before_agreement", {"day": effective})]
        )
    if not posted:
        return _answer(membership, spells, day, State.PLANNED, [*reasons, Reason("nothing_posted")])
    issued = membership.number_issued_on
    if issued is not None and known_at is not None and issued > known_at.date():
        issued = None  # nobody could know it yet
    paid = [Month.of(month) for month in posted]
    start = cover_begins(effective, issued, paid[0]).value or posted[0]
    if before is None:
        reasons.append(Reason("first_posted", {"month": posted[0], "day": start}))
    if day < start:
        return _answer(membership, spells, day, State.PLANNED, reasons, since=start)
    stands = membership_standing(membership.membership_class, paid, day)
    again = stands.value.running_since
    if again and again > paid[0]:
        start = again.first_day
        reasons.append(Reason("began_again", {"month": start}))
    if stands.value.state is not Paid.ACTIVE:
        return _unposted_month(membership, spells, day, stands, reasons)
    if before is None or before.until_month < posted[-1]:
        reasons.append(Reason("month_posted", {"month": posted[-1]}))
    return _answer(membership, spells, day, State.CONFIRMED, reasons, since=start)


def _posted(membership: Membership, day: date, known_at: datetime | None) -> list[date]:
    found = Posting.objects.filter(recorded(known_at), membership=membership, month__lte=Month.of(day).first_day)
    return list(found.order_by("month").values_list("month", flat=True))


def _paid_before(membership_id: int, known_at: datetime | None, **more: date) -> PaidBefore | None:
    """What an opening list says of the membership."""
    return PaidBefore.objects.filter(recorded(known_at), membership_id=membership_id, **more).first()


def _months_of(before: PaidBefore, day: date) -> list[date]:
    """The months that the opening list proves, up to a day."""
    last = min(Month.of(before.until_month), Month.of(day))
    return [month.first_day for month in Month.of(before.since_day).until(last)]


def _unposted_month(
    membership: Membership, spells: list[Spell], day: date, stands: Answer[Standing], reasons: list[Reason]
) -> Cover:
    """The day's month is not posted (yet): grace runs from the last posted month."""
    last, until = stands.value.last_paid, stands.value.protected_until
    assert last is not None and until is not None, "some month is posted"
    grace = Month.of(until).index - last.index
    reasons.append(Reason("last_posted", {"month": last.first_day, "grace_months": grace, "until": until}))
    state = State.LAPSED if stands.value.state is Paid.LAPSED else State.IN_GRACE
    if state is State.LAPSED and membership.membership_class == "PU":
        reasons.append(Reason("employer_pays_first"))
    return _answer(
        membership,
        spells,
        day,
        state,
        reasons,
        since=until + timedelta(days=1) if state is State.LAPSED else None,
        until=until,
        certainty=stands.certainty.value,
        doubt=" ".join(doubt.id for doubt in stands.doubts),
    )


def _answer(
    membership: Membership,
    spells: list[Spell],
    day: date,
    state: State,
    reasons: list[Reason],
    *,
    since: date | None = None,
    until: date | None = None,
    certainty: str = "sourced",
    doubt: str = "",
) -> Cover:
    spell = spells[0] if spells else None
    covered = sorted({index for item in spells for index in range(item.programmes.lower, item.programmes.upper)})
    return Cover(
        membership_id=membership.pk,
        membership_class=membership.membership_class,
        day=day,
        state=state,
        since=since,
        until=until,
        payer=spell.payer_opd.name if spell else None,
        fund=spell.budget_line.fund.name if spell else None,
        agreement=spell.agreement.number if spell else None,
        programmes=tuple(name for index in covered for name in names(index, index + 1)),
        reasons=tuple(reasons),
        certainty=certainty,
        doubt=doubt,
    )


def strip(
    membership_id: int, first: Month, last: Month, *, known_at: datetime | None = None
) -> list[tuple[Month, Cell]]:
    """One cell for each month: before the first spell, posted, billed (not posted yet), unpaid, or a gap."""
    of_member = {"membership_id": membership_id}
    spells = list(Spell.objects.filter(standing(known_at), **of_member).values_list("from_month", "until_month"))
    posted = set(Posting.objects.filter(recorded(known_at), **of_member).values_list("month", flat=True))
    if before := _paid_before(membership_id, known_at):
        posted.update(_months_of(before, last.first_day))
    billed = set(BillLine.objects.filter(due(known_at, "bill__"), **of_member).values_list("for_month", flat=True))
    begun = min((start for start, _ in spells), default=None)

    def cell(day: date) -> Cell:
        if begun is None or day < begun:
            return Cell.BEFORE
        if day in posted:
            return Cell.POSTED
        if not any(start <= day <= (until or date.max) for start, until in spells):
            return Cell.GAP
        return Cell.BILLED if day in billed else Cell.UNPAID

    return [(month, cell(month.first_day)) for month in first.until(last)]
