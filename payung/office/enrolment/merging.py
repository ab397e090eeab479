"""Two persons are one: proposed, decided by a second person, and taken back the same way.

No row of either changes. Whoever is absorbed is seen under the survivor everywhere (`registry.aliases`); taking the
merge back makes every reading what it was.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.enrolment.models import Spell
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.registry.aliases import survivor_of
from payung.office.registry.models import Merge, Person
from payung.office.registry.queries import visible

KIND = "merge"


class MergeRefused(Exception):
    """This cannot be merged or taken back; `reason` is `one_person`, `waiting`, `two_payers`, `not_merged`,
    `changed_since`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Collision:
    """Months for which both persons are paid for in a common programme; `until_month` None: no end yet."""

    first: Spell
    second: Spell
    from_month: date
    until_month: date | None


def collisions(one_id: int, another_id: int) -> list[Collision]:
    """What hinders a merge: in a scope that sees the whole government, by month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM enrolment_collisions(%s, %s) ORDER BY from_month, first_spell, second_spell",
            [one_id, another_id],
        )
        found = cursor.fetchall()
    spells = Spell.objects.select_related("payer_opd", "agreement", "budget_line__fund").in_bulk(
        [spell_id for first, second, _, _ in found for spell_id in (first, second)]
    )
    return [Collision(spells[first], spells[second], start, end) for first, second, start, end in found]


def propose_merge(*, absorbed: Person, surviving: Person, area: Area, by: User, at: datetime) -> Merge:
    """Ask a second person to agree that the two are one. Raises NotAllowed and MergeRefused.

    Only for whoever sees the whole government: the people of every OPD are concerned.
    """
    _require_whole(by, area)
    with whole_government(area.government, by=by):
        _alone_with(area.government.pk)
        away, into = survivor_of(absorbed.pk), survivor_of(surviving.pk)
        if away == into:
            raise MergeRefused("one_person")
        if Merge.objects.filter(
            absorbed_id__in=(away, into), surviving_id__in=(away, into), proposal__state=Proposal.OPEN
        ).exists():
            raise MergeRefused("waiting")
        if collisions(away, into):
            raise MergeRefused("two_payers")
        proposal = propose(government=area.government, kind=KIND, amount_rupiah=0, by=by, at=at)
        made = Merge.objects.create(
            government=area.government, absorbed_id=away, surviving_id=into, proposal=proposal, proposed_at=at
        )
        _note("propose_merge", made, by=by, at=at)
        return made


def propose_unmerge(*, merge_id: int, area: Area, by: User, at: datetime) -> Merge:
    """Ask a second person to agree that the two are two after all. Raises NotAllowed and MergeRefused."""
    _require_whole(by, area)
    with whole_government(area.government, by=by):
        found = _locked(merge_id, area)
        if not stands(found):
            raise MergeRefused("not_merged")
        if found.undoing is not None and found.undoing.state == Proposal.OPEN:
            raise MergeRefused("waiting")
        found.undoing = propose(government=area.government, kind=KIND, amount_rupiah=0, by=by, at=at)
        found.save(update_fields=["undoing"])
        _note("propose_unmerge", found, by=by, at=at)
        return found


def decide_merge(
    *,
    merge_id: int,
    verdict: Verdict,
    comment: str,
    area: Area,
    by: User,
    at: datetime,
    on_behalf_of: User | None = None,
) -> Proposal:
    """A second person's yes or no to what waits: the merge, or taking it back. The last yes carries it out.

    Raises NotAllowed, approvals' DecisionRefused, and MergeRefused when it can no longer be done.
    """
    _require_whole(by, area, Deed.APPROVE_PLAN)
    with whole_government(area.government, by=by):
        found = _locked(merge_id, area)
        asked = found.proposal if found.undoing is None else found.undoing
        decided = decide(
            proposal_id=asked.pk,
            version=asked.version,
            verdict=verdict,
            comment=comment,
            by=by,
            at=at,
            on_behalf_of=on_behalf_of,
        )
        if decided.state == Proposal.APPROVED:
            _undo(found, by=by, at=at) if found.undoing else _carry_out(found, by=by, at=at)
        return decided


def stands(found: Merge) -> bool:
    """Whether the absorbed one is seen under the survivor by this merge."""
    return found.recorded_at is not None and found.replaced_at is None


def visible_merges(area: Area) -> list[Merge]:
    """Every merge that an area shows, the newest first."""
    found = Merge.objects.filter(government=area.government, surviving__in=visible(area))
    return list(found.select_related("absorbed", "surviving", "proposal", "undoing").order_by("-pk"))


def _carry_out(found: Merge, *, by: User, at: datetime) -> None:
    away, into = survivor_of(found.absorbed_id), survivor_of(found.surviving_id)
    if away != found.absorbed_id or into == away:
        raise MergeRefused("changed_since")
    if collisions(away, into):
        raise MergeRefused("two_payers")
    found.recorded_at = at
    found.save(update_fields=["recorded_at"])
    _note("merge_persons", found, by=by, at=at)


def _undo(found: Merge, *, by: User, at: datetime) -> None:
    found.replaced_at = at
    found.save(update_fields=["replaced_at"])
    _note("unmerge_persons", found, by=by, at=at)


def _require_whole(by: User, area: Area, deed: Deed = Deed.RECEIVE_LIST) -> None:
    require(by, deed)
    if area.opd_ids is not None:
        raise NotAllowed("merging persons needs the whole government")


def _alone_with(government_id: int) -> None:
    """As plans do: nobody is enrolled while persons become one."""
    Government.objects.select_for_update(no_key=True).get(pk=government_id)


def _locked(merge_id: int, area: Area) -> Merge:
    _alone_with(area.government.pk)
    found = Merge.objects.select_for_update(of=("self",)).select_related("proposal", "undoing")
    return found.get(pk=merge_id, government=area.government)


def _note(deed: str, made: Merge, *, by: User, at: datetime) -> None:
    """In the history of both, so that either page tells it."""
    for own, other in ((made.absorbed_id, made.surviving_id), (made.surviving_id, made.absorbed_id)):
        record(deed, subject=f"person:{own}", by=by, at=at, detail={"merge": made.pk, "other": other})
