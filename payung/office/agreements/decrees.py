"""Verbs of decree lists: draft a decree, propose what a paper changes in its list, put that in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl
from django.db import IntegrityError, transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Agreement, Amendment, AmendmentItem, BudgetLine, Decree, Slot
from payung.office.approvals.actions import propose, propose_again
from payung.office.approvals.models import Proposal
from payung.office.places.models import Opd

KIND = "decree"
ITEM = {
    "kind": pl.String,
    "reason": pl.String,
    "slot_id": pl.Int64,
    "row_id": pl.Int64,
    "person_id": pl.Int64,
    "kecamatan_code": pl.String,
    "desa_code": pl.String,
    "segment": pl.String,
    "from_day": pl.Date,
    "until_day": pl.Date,
}
"""What an amendment changes, one row for each person who comes or goes."""


class DecreeRefused(Exception):
    """This cannot be done to the decree; `reason` is `shares_exceed_quota`, `still_open`, `nothing_to_propose`,
    `not_approved`, `refused`, `changed_since`, `starts_too_early`, or `quota_taken`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewDecree:
    """What is known of a decree before anybody stands in it. `shares` gives parts of the quota to places or segments;
    what they leave is open to all.
    """

    agreement: Agreement
    budget_line: BudgetLine
    opd: Opd
    title: str
    effective_from: date
    effective_until: date | None
    quota: int
    quota_by: str = ""
    shares: Mapping[str, int] = field(default_factory=dict)
    priority: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The decree (SK) or its amendment (SK perubahan) as it will be signed."""

    number: str
    signed_on: date
    effective_from: date


@transaction.atomic
def draft_decree(*, told: NewDecree, by: User, at: datetime) -> Decree:
    """The decree of that title with its slots; drafting the same title again returns the one that stands.

    Raises DecreeRefused when the shares exceed the quota.
    """
    require(by, Deed.VERIFY_CANDIDATE)
    if sum(told.shares.values()) > told.quota:
        raise DecreeRefused("shares_exceed_quota")
    decree, made = Decree.objects.get_or_create(
        government=told.agreement.government,
        title=told.title,
        defaults={
            "agreement": told.agreement,
            "budget_line": told.budget_line,
            "opd": told.opd,
            "effective_from": told.effective_from,
            "effective_until": told.effective_until,
            "quota": told.quota,
            "quota_by": told.quota_by,
            "priority": list(told.priority),
        },
    )
    if made:
        shared = [share for share, heads in told.shares.items() for _ in range(heads)]
        _add_slots(decree, [*shared, *[""] * (told.quota - len(shared))], first=1)
        record("draft_decree", subject=f"decree:{decree.pk}", by=by, at=at, detail={"quota": told.quota})
    return decree


@transaction.atomic
def set_quota(*, decree: Decree, quota: int, by: User, at: datetime) -> Decree:
    """More slots, open to all; or fewer, as long as the last ones were never taken. Raises DecreeRefused."""
    require(by, Deed.VERIFY_CANDIDATE)
    found = Decree.objects.select_for_update(of=("self",), no_key=True).get(pk=decree.pk)
    before = found.quota
    surplus = Slot.objects.filter(decree=found, number__gt=quota)
    if AmendmentItem.objects.filter(slot__in=surplus).exists():
        raise DecreeRefused("quota_taken")
    surplus.delete()
    found.quota = quota
    found.save(update_fields=["quota"])
    if quota > before:
        _add_slots(found, [""] * (quota - before), first=before + 1)
    record("set_quota", subject=f"decree:{found.pk}", by=by, at=at, detail={"before": before, "quota": quota})
    return found


def _add_slots(decree: Decree, shares: list[str], *, first: int) -> None:
    slots = pl.DataFrame({"share": shares}, schema={"share": pl.String}).with_row_index("number", offset=first)
    bulk.write(
        slots.with_columns(pl.lit(decree.pk).alias("decree_id"), pl.lit(decree.government_id).alias("government_id")),
        "agreements_slot",
    )
    bulk.refresh_statistics(slots.height, "agreements_slot")


@transaction.atomic
def propose_amendment(
    *, decree: Decree, paper: Paper, items: pl.DataFrame, amount_rupiah: int | None, by: User, at: datetime
) -> Amendment:
    """What the paper would change, stored item by item (ITEM) and proposed to a second person.

    One that was sent back to this user is proposed again, in its next version. Raises DecreeRefused while another
    waits, and for a paper that changes nothing.
    """
    require(by, Deed.VERIFY_CANDIDATE)
    found = Decree.objects.select_for_update(of=("self",), no_key=True).get(pk=decree.pk)
    if items.is_empty():
        raise DecreeRefused("nothing_to_propose")
    known = Amendment.objects.filter(decree=found).select_related("proposal").order_by("sequence").last()
    if known is not None and known.proposal.state == Proposal.OPEN:
        raise DecreeRefused("still_open")
    made = Amendment.objects.create(
        government=found.government,
        decree=found,
        sequence=known.sequence + 1 if known else 0,
        number=paper.number,
        signed_on=paper.signed_on,
        effective_from=paper.effective_from,
        made_at=at,
        **_proposal(found, known, amount_rupiah, by, at),
    )
    owned = items.select(list(ITEM)).with_columns(
        pl.lit(made.pk).alias("amendment_id"), pl.lit(found.government_id).alias("government_id")
    )
    bulk.write(owned, "agreements_amendmentitem")
    bulk.refresh_statistics(owned.height, "agreements_amendmentitem")
    counts = {str(kind): int(count) for kind, count in items.group_by("kind").len().iter_rows()}
    record("propose_amendment", subject=f"decree:{found.pk}", by=by, at=at, detail={"amendment": made.pk, **counts})
    return made


def _proposal(
    decree: Decree, known: Amendment | None, amount_rupiah: int | None, by: User, at: datetime
) -> dict[str, object]:
    returned = known is not None and known.proposal.state == Proposal.RETURNED
    if known is not None and returned and known.proposal.made_by_id == by.pk:
        proposal = propose_again(proposal_id=known.proposal_id, amount_rupiah=amount_rupiah, comment="", by=by, at=at)
    else:
        proposal = propose(
            government=decree.government, opd=decree.opd, kind=KIND, amount_rupiah=amount_rupiah, by=by, at=at
        )
    return {"proposal": proposal, "version": proposal.version}


@transaction.atomic
def put_in_force(*, amendment_id: int, persons: pl.DataFrame, by: User, at: datetime) -> Amendment:
    """Make an approved amendment's items the list's entries; `persons` gives row_id and person_id of who comes.

    Doing it again changes nothing. Raises DecreeRefused when it is not approved, when another was proposed after it,
    or when somebody came to stand in the list, or in the slot, since.
    """
    require(by, Deed.VERIFY_CANDIDATE)
    found = Amendment.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=amendment_id)
    Decree.objects.select_for_update(of=("self",), no_key=True).get(pk=found.decree_id)
    if found.in_force_at is not None:
        return found
    if found.proposal.state != Proposal.APPROVED or found.version != found.proposal.version:
        raise DecreeRefused("refused" if found.proposal.state == Proposal.REFUSED else "not_approved")
    if Amendment.objects.filter(decree=found.decree_id, sequence__gt=found.sequence).exists():
        raise DecreeRefused("changed_since")
    try:
        with transaction.atomic():
            _end(found, at)
            _enter(found, persons, at)
    except IntegrityError as conflict:
        raise DecreeRefused("changed_since") from conflict
    found.in_force_at, found.in_force_by = at, by
    found.save(update_fields=["in_force_at", "in_force_by"])
    record("put_in_force", subject=f"decree:{found.decree_id}", by=by, at=at, detail={"amendment": found.pk})
    return found


def _end(amendment: Amendment, at: datetime) -> None:
    """The entries that the amendment ends: each replaced by one that says so."""
    bulk.execute("DROP TABLE IF EXISTS ending_entries")
    bulk.execute(
        """CREATE TEMPORARY TABLE ending_entries ON COMMIT DROP AS
           SELECT e.*, i.until_day AS last_day, i.reason FROM agreements_entry e
           JOIN agreements_amendmentitem i ON i.slot_id = e.slot_id AND i.kind = 'end'
               AND registry_survivor(i.person_id) = registry_survivor(e.person_id)
           WHERE i.amendment_id = %s AND e.replaced_at IS NULL AND coalesce(e.until_day, 'infinity') > i.until_day""",
        [amendment.pk],
    )
    wanted = AmendmentItem.objects.filter(amendment=amendment, kind=AmendmentItem.END).count()
    ended = bulk.execute("UPDATE agreements_entry e SET replaced_at = %s FROM ending_entries n WHERE n.id = e.id", [at])
    if ended != wanted:
        raise DecreeRefused("changed_since")
    bulk.execute(
        """INSERT INTO agreements_entry (government_id, decree_id, slot_id, person_id, row_id, kecamatan_code,
               desa_code, segment, from_day, until_day, end_reason, amendment_id, ended_by_id, recorded_at)
           SELECT government_id, decree_id, slot_id, person_id, row_id, kecamatan_code, desa_code, segment, from_day,
               last_day, reason, amendment_id, %s, %s FROM ending_entries""",
        [amendment.pk, at],
    )


def _enter(amendment: Amendment, persons: pl.DataFrame, at: datetime) -> None:
    """The entries of those whom the amendment adds."""
    bulk.stage(persons, "entering_persons", {"row_id": "bigint", "person_id": "bigint"})
    entered = bulk.execute(
        """INSERT INTO agreements_entry (government_id, decree_id, slot_id, person_id, row_id, kecamatan_code,
               desa_code, segment, from_day, until_day, end_reason, amendment_id, recorded_at)
           SELECT i.government_id, %s, i.slot_id, p.person_id, i.row_id, i.kecamatan_code, i.desa_code, i.segment,
               i.from_day, i.until_day, '', i.amendment_id, %s
           FROM agreements_amendmentitem i JOIN entering_persons p ON p.row_id = i.row_id
           WHERE i.amendment_id = %s AND i.kind = 'add'""",
        [amendment.decree_id, at, amendment.pk],
    )
    if entered != AmendmentItem.objects.filter(amendment=amendment, kind=AmendmentItem.ADD).count():
        raise DecreeRefused("changed_since")
    # The few rows they belong to as well: of a table never looked at, the planner expects next to no match.
    bulk.refresh_statistics(entered, "agreements_entry", "agreements_decree", "agreements_agreement")
