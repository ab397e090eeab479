"""From valid candidates to a list: whose turn it is, what a paper would change, and the people in force."""

from collections import deque
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements import decree_lists
from payung.office.agreements.decrees import ITEM, DecreeRefused, Paper, propose_amendment, put_in_force
from payung.office.agreements.models import Amendment, AmendmentItem, Decree
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry import frames as registry
from payung.office.verification import frames
from payung.office.verification.amounts import monthly_rupiah
from payung.rules.eligibility.priority import ranked
from payung.rules.identity import names
from payung.rules.months import Month

SHARE_OF = {"kecamatan": "kecamatan_code", "desa": "desa_code", "segment": "segment"}
LISTED, REPLACING = "listed", "replacing"
END_REASONS = ("died", "moved", "not_eligible")
DUE = {"dead": "died", "moved_away": "moved"}
"""Reason of the rules -> why an entry ends; any other reason that puts somebody out is `not_eligible`."""


def turns(decree: Decree, first_day: date, freed: pl.DataFrame | None = None) -> pl.DataFrame:
    """The valid candidates who are in no list of the decree, in their turn, with the slot each would take.

    `slot_id` is null for those who wait. `freed` are slots (SLOT) that become free besides. Only in a scope that sees
    the whole government.
    """
    found = frames.outcomes(decree, first_day=first_day).filter(pl.col("outcome") == "valid")
    listed = decree_lists.history(decree).filter(pl.col("until_day").is_null() | (pl.col("until_day") >= first_day))
    standing = found.filter(
        ~pl.col("row_id").is_in(listed["row_id"].to_list())
        & ~pl.col("person_id").is_in(listed["person_id"].to_list()).fill_null(value=False)
    )
    free = decree_lists.free_slots(decree, first_day)
    if freed is not None:
        free = pl.concat([free, freed.select(free.columns)]).unique("slot_id").sort("number")
    order = ranked(standing, decree.priority)
    return order.with_columns(pl.Series("slot_id", _seated(order, free, decree.quota_by), dtype=pl.Int64))


def _seated(order: pl.DataFrame, free: pl.DataFrame, quota_by: str) -> list[int | None]:
    """A slot for each in turn: first one kept for their place or segment, else an open one."""
    queues: dict[str, deque[int]] = {}
    for slot_id, share in free.select("slot_id", "share").iter_rows():
        queues.setdefault(share, deque()).append(slot_id)
    shares = order[SHARE_OF[quota_by]].to_list() if quota_by else [None] * order.height
    seats: list[int | None] = []
    for share in shares:
        queue = next((queues[name] for name in (share, "") if name is not None and queues.get(name)), None)
        seats.append(queue.popleft() if queue else None)
    return seats


def due(decree: Decree, day: date) -> pl.DataFrame:
    """Who stands in the list on a day though the rules put them out: died, moved, or no longer eligible.

    Entries (ENTRY) with reason, name, key (the candidate) and the last day they can stand: of the month of the death
    when that is told.
    """
    known = bulk.read(
        """SELECT c.row_id, c.id, c.name, o.reason,
               (SELECT max(coalesce(v.visited_on, t.told_on)) FROM (VALUES (1)) one (x)
                LEFT JOIN verification_visit v ON v.candidate_id = c.id AND v.finding = 'died'
                LEFT JOIN verification_told t ON t.nik_sealed = c.nik_sealed AND t.government_id = c.government_id
                    AND t.kind = 'died')
           FROM verification_candidate c JOIN verification_outcome o ON o.candidate_id = c.id
           WHERE c.decree_id = %(decree)s AND o.outcome = 'out' AND c.row_id IN (
               SELECT e.row_id FROM agreements_entry e WHERE e.decree_id = %(decree)s AND e.replaced_at IS NULL)""",
        {"decree": decree.pk},
        schema={"row_id": pl.Int64, "key": pl.Int64, "name": pl.String, "reason": pl.String, "died_on": pl.Date},
    )
    listed = decree_lists.list_on(decree, day, rows=known["row_id"].to_list())
    died = pl.when(pl.col("reason") == "dead").then(pl.col("died_on").dt.month_end())
    return listed.join(known, on="row_id").with_columns(
        pl.col("reason").replace_strict(DUE, default="not_eligible").alias("end_reason"), died.alias("last_day")
    )


@transaction.atomic
def propose_list(*, decree: Decree, paper: Paper, by: User, at: datetime) -> Amendment:
    """The decree's list, or an amendment that fills free slots: valid candidates in their turn, up to the quota.

    Raises DecreeRefused: `nothing_to_propose` when nobody has a turn, `starts_too_early` before the decree.
    """
    return _propose(decree, paper, {}, by, at)


@transaction.atomic
def propose_replacements(
    *, decree: Decree, paper: Paper, ending: Mapping[int, str], by: User, at: datetime
) -> Amendment:
    """An amendment that ends entries (id -> reason) and gives their slots, and other free ones, to those in turn.

    The entries end with the month before the paper takes effect, those of the dead with the month of the death. Who
    comes starts a membership, and a waiting time of JKM, of their own. Raises DecreeRefused as `propose_list` does,
    and `changed_since` when an entry no longer stands.
    """
    return _propose(decree, paper, ending, by, at)


def _propose(decree: Decree, paper: Paper, ending: Mapping[int, str], by: User, at: datetime) -> Amendment:
    require(by, Deed.VERIFY_CANDIDATE)
    if paper.effective_from < decree.effective_from:
        raise DecreeRefused("starts_too_early")
    with whole_government(decree.government, by=by):
        ends = _ends(decree, paper.effective_from, ending)
        freed = ends.select("slot_id", "number", "share")
        taking = turns(decree, paper.effective_from, freed).filter(pl.col("slot_id").is_not_null())
        replaced = freed["slot_id"].to_list()
        adds = taking.with_columns(
            pl.lit(AmendmentItem.ADD).alias("kind"),
            pl.when(pl.col("slot_id").is_in(replaced))
            .then(pl.lit(REPLACING))
            .otherwise(pl.lit(LISTED))
            .alias("reason"),
            pl.lit(paper.effective_from).alias("from_day"),
            pl.lit(decree.effective_until, pl.Date).alias("until_day"),
        )
        items = pl.concat(
            [frame.select(pl.col(name).cast(kind) for name, kind in ITEM.items()) for frame in (ends, adds)]
        )
        heads = adds.height - ends.height
        amount = monthly_rupiah(decree, Month.of(paper.effective_from), max(0, heads))
        return propose_amendment(decree=decree, paper=paper, items=items, amount_rupiah=amount, by=by, at=at)


def _ends(decree: Decree, first_day: date, ending: Mapping[int, str]) -> pl.DataFrame:
    """Items that end these entries, with the number and share of their slots."""
    assert set(ending.values()) <= set(END_REASONS)
    before = first_day - timedelta(days=1)
    standing = decree_lists.list_on(decree, before).filter(pl.col("entry_id").is_in(list(ending)))
    if standing.height != len(ending):
        raise DecreeRefused("changed_since")
    deaths = due(decree, before).select("entry_id", "last_day")
    return standing.join(deaths, on="entry_id", how="left", maintain_order="left").with_columns(
        pl.lit(AmendmentItem.END).alias("kind"),
        pl.col("entry_id").replace_strict(dict(ending), return_dtype=pl.String).alias("reason"),
        pl.lit(None, pl.Date).alias("from_day"),
        pl.max_horizontal(
            pl.min_horizontal(pl.col("last_day"), pl.lit(before)), pl.col("from_day").dt.month_end()
        ).alias("until_day"),
    )


def bring_in_force(*, amendment_id: int, by: User, at: datetime) -> Amendment:
    """Carry out an approved amendment: who comes becomes a person of the registry, then the entries stand.

    What was approved is what happens: raises DecreeRefused `changed_since` when somebody who comes is no longer valid.
    """
    amendment = Amendment.objects.select_related("decree__agreement", "decree__government").get(pk=amendment_id)
    with whole_government(amendment.decree.government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=amendment.government_id)
        amendment.refresh_from_db(fields=["in_force_at"])  # somebody else may have done it while we waited
        if amendment.in_force_at is not None:
            return amendment
        coming = _coming(amendment)
        persons = _admitted(amendment, coming, at)
        made = put_in_force(amendment_id=amendment_id, persons=persons, by=by, at=at)
        frames.store(amendment.decree, frames.outcomes(amendment.decree, ids=coming["key"].to_list()), at)
        return made


def _coming(amendment: Amendment) -> pl.DataFrame:
    """The candidates whom the amendment adds, each still valid on its first day."""
    rows = AmendmentItem.objects.filter(amendment=amendment, kind=AmendmentItem.ADD).values_list("row_id", flat=True)
    wanted = set(rows)
    found = frames.outcomes(amendment.decree, first_day=amendment.effective_from)
    coming = found.filter(pl.col("row_id").is_in(list(wanted)))
    if coming.height != len(wanted) or not (coming["outcome"] == "valid").all():
        raise DecreeRefused("changed_since")
    return coming


def _admitted(amendment: Amendment, coming: pl.DataFrame, at: datetime) -> pl.DataFrame:
    """row_id and person_id of everybody who comes; the new ones are admitted."""
    keyed = coming.select(pl.col("row_id").alias("key"), "person_id", "name")
    new = keyed.filter(pl.col("person_id").is_null()).with_columns(
        pl.col("name").map_elements(names.key, return_dtype=pl.String).alias("name_key")
    )
    admitted = registry.admit(amendment.government_id, new, at=at)
    persons = pl.concat([admitted, keyed.filter(pl.col("person_id").is_not_null()).select("key", "person_id")])
    registry.add_evidence(amendment.government_id, persons, at=at)
    return persons.rename({"key": "row_id"})
