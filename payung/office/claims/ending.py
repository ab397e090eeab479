"""Who died is billed no more after the month of death: the end of her spells, proposed by one and agreed by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.claims.models import Case, Ending
from payung.office.enrolment import spells
from payung.office.enrolment.models import Spell
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry.aliases import group_of
from payung.office.registry.frames import end_jobs
from payung.rules.months import Month

KIND = "ending"


class EndingRefused(Exception):
    """Nothing of these cases can be ended: no deaths that an officer took up, or all proposed before."""


@dataclass(frozen=True)
class ToEnd:
    """A spell that outlives its person."""

    case: Case
    spell: Spell
    last_month: Month


def to_end(government_id: int) -> list[ToEnd]:
    """The spells of the dead that still run, of cases that an officer took up and nobody proposed to end yet."""
    taken_up = Case.objects.filter(government_id=government_id, event="death", state__in=[Case.OPEN, Case.CLOSED])
    found = []
    for case in taken_up.exclude(ending__proposal__state__in=[Proposal.OPEN, Proposal.APPROVED]).order_by("pk"):
        last = Month.of(case.event_on)
        running = Spell.objects.filter(membership__person__in=group_of(case.person_id), replaced_at__isnull=True)
        for spell in running.order_by("pk"):
            if spell.until_month is None or Month.of(spell.until_month) > last:
                found.append(ToEnd(case, spell, last))
    return found


def propose_endings(*, government: Government, by: User, at: datetime) -> Proposal:
    """Ask a second person to end what outlives its person. Raises NotAllowed and EndingRefused."""
    require(by, Deed.ASSESS_CLAIM)
    with whole_government(government, by=by):
        ended = {one.case.pk: one.case for one in to_end(government.pk)}
        if not ended:
            raise EndingRefused
        proposal = propose(government=government, kind=KIND, amount_rupiah=0, by=by, at=at)
        for case in ended.values():
            Ending.objects.create(government=government, case=case, proposal=proposal, recorded_at=at)
        record("propose_endings", subject=f"proposal:{proposal.pk}", by=by, at=at, detail={"cases": len(ended)})
        return proposal


def decide_endings(
    *, proposal_id: int, verdict: Verdict, comment: str, by: User, at: datetime, on_behalf_of: User | None = None
) -> int:
    """A second person's yes or no; with the last yes the spells end with the month of death. How many ended.

    Raises NotAllowed and approvals' DecisionRefused.
    """
    found = Proposal.objects.select_related("government").get(pk=proposal_id)
    with whole_government(found.government, by=by):
        decided = decide(
            proposal_id=proposal_id, version=found.version, verdict=verdict, comment=comment, by=by, at=at,
            on_behalf_of=on_behalf_of,
        )  # fmt: skip
        if decided.state != Proposal.APPROVED:
            return 0
        cases = [one.case for one in Ending.objects.filter(proposal=found).select_related("case").order_by("pk")]
        ended = sum(_end(case, at) for case in cases)
        record("end_after_death", subject=f"proposal:{proposal_id}", by=by, at=at, detail={"spells": ended})
    return ended


def _end(case: Case, at: datetime) -> int:
    after = Month.of(case.event_on).shift(1).first_day
    running = Spell.objects.filter(membership__person__in=group_of(case.person_id), replaced_at__isnull=True)
    grounds = running.values_list("agreement_id", "payer_opd_id", "membership_id").distinct()
    ended = 0
    for agreement_id, payer_opd_id, membership_id in list(grounds):
        leaving = _leaving([membership_id], after)
        end_jobs(leaving, opd_id=payer_opd_id, at=at)
        ended += spells.end(leaving, agreement_id=agreement_id, payer_opd_id=payer_opd_id, at=at)
    return ended


def _leaving(membership_ids: Sequence[int], from_month: date) -> pl.DataFrame:
    return pl.DataFrame(
        {"membership_id": membership_ids, "from_month": [from_month] * len(membership_ids)},
        schema={"membership_id": pl.Int64, "from_month": pl.Date},
    )
