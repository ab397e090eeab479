"""One person's whole chain: agreement, decree or list, spell, and for each month its bill, payment and posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.office.agreements.models import Agreement, Amendment
from payung.office.billing.models import Bill, BillLine, Posting
from payung.office.billing.queries import BillHead, due, heads_of
from payung.office.enrolment.models import Spell
from payung.office.enrolment.programmes import names
from payung.office.registry.aliases import group_of


@dataclass(frozen=True)
class Ground:
    """Why somebody is paid for from a month on. `paper` is the decree's, None when an OPD's own list is the ground."""

    membership_id: int
    membership_class: str
    agreement: Agreement
    paper: Amendment | None
    list_id: int | None
    opd: str
    fund: str
    budget_line: str
    budget_line_id: int
    programmes: tuple[str, ...]
    from_month: date
    until_month: date | None


@dataclass(frozen=True)
class Link:
    """A month's line: the bill it stands on with its money, and what BPJS posted of it (None: nothing yet)."""

    month: date
    agreement_id: int
    line_id: int
    reason: str
    rupiah: int
    bill: BillHead
    posted_rupiah: int | None


@dataclass(frozen=True)
class Chain:
    """Grounds in their order, and the links, newest month first."""

    grounds: Sequence[Ground]
    links: Sequence[Link]


def chain_of(person_id: int) -> Chain:
    """The chain of a person and of whom was merged into her, as far as the reader sees it."""
    people = group_of(person_id)
    spells = (
        Spell.objects.filter(membership__person_id__in=people, replaced_at__isnull=True)
        .select_related(
            "membership", "agreement", "payer_opd", "budget_line__fund", "plan__roster_list__amendment__decree"
        )
        .order_by("from_month", "pk")
    )
    return Chain([_ground(one) for one in spells], _links(people))


def _ground(spell: Spell) -> Ground:
    listed = spell.plan.roster_list if spell.plan else None
    return Ground(
        membership_id=spell.membership_id,
        membership_class=spell.membership.membership_class,
        agreement=spell.agreement,
        paper=listed.amendment if listed else None,
        list_id=listed.pk if listed else None,
        opd=spell.payer_opd.short_name,
        fund=spell.budget_line.fund.name,
        budget_line=spell.budget_line.name,
        budget_line_id=spell.budget_line_id,
        programmes=names(spell.programmes.lower, spell.programmes.upper),
        from_month=spell.from_month,
        until_month=spell.until_month,
    )


def _links(people: Sequence[int]) -> list[Link]:
    lines = list(
        BillLine.objects.filter(due(None, "bill__"), membership__person_id__in=people).order_by("-for_month", "-pk")
    )
    bills = {head.id: head for head in heads_of(Bill.objects.filter(pk__in={line.bill_id for line in lines}))}
    posted = {
        (membership, month): amount
        for membership, month, amount in Posting.objects.filter(membership__person_id__in=people).values_list(
            "membership_id", "month", "amount_rupiah"
        )
    }
    return [
        Link(
            month=line.for_month,
            agreement_id=line.agreement_id,
            line_id=line.pk,
            reason=line.reason,
            rupiah=line.total_rupiah,
            bill=bills[line.bill_id],
            posted_rupiah=posted.get((line.membership_id, line.for_month)),
        )
        for line in lines
    ]
