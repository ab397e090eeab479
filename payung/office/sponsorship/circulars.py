"""The verb of circulars: ask the civil servants of some OPD to carry workers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Agreement, BudgetLine, Fund
from payung.office.sponsorship.models import Circular, Scope


@dataclass(frozen=True)
class Rules:
    """How a circular runs: workers asked of each civil servant, day of the list, what the reward weighs in percent."""

    minimum_per_asn: int = 1
    list_day: int = 1
    share_weight: int = 50
    workers_weight: int = 20
    persistency_weight: int = 30


@transaction.atomic
def issue_circular(
    *,
    agreement: Agreement,
    lines: Sequence[BudgetLine],
    rules: Rules,
    by: User,
    at: datetime,
    bridging_fund: Fund | None = None,
) -> Circular:
    """The circular of that agreement, asking the OPD of these budget lines (one fund); issued again it only grows.

    `bridging_fund` advances what could not be deducted. Raises ValueError for lines of several funds or of no OPD.
    """
    require(by, Deed.KEEP_SPONSORS)
    funds = {line.fund_id for line in lines}
    asked = [(line.opd_id, line) for line in lines if line.opd_id is not None]
    if len(funds) != 1 or len(asked) != len(lines):
        raise ValueError("a circular is paid from one fund, with a line for each OPD")
    circular, made = Circular.objects.get_or_create(
        agreement=agreement,
        defaults={
            "government": agreement.government,
            "fund_id": funds.pop(),
            "bridging_fund": bridging_fund,
            **vars(rules),
        },
    )
    for opd_id, line in asked:
        Scope.objects.get_or_create(
            circular=circular, opd_id=opd_id, defaults={"government": circular.government, "budget_line": line}
        )
    if made:
        record("issue_circular", subject=f"agreement:{agreement.pk}", by=by, at=at, detail={"opds": len(lines)})
    return circular
