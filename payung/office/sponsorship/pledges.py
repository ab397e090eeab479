"""Verbs of pledges: make one, file its signed consent, pause, resume, stop, hand it to another sponsor."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from payung.office import bulk
from payung.office.access.actions import record, record_each
from payung.office.access.marks import seal, seal_column, unseal
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, Role, require
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship import orders, workers
from payung.office.sponsorship.checks import first_open_month, look, serves_in
from payung.office.sponsorship.models import Circular, Order, Pledge, Scope, Sponsor
from payung.office.verification.intake import TYPED
from payung.rules.months import Month

SPONSOR_STOPS, WORKER_SWAPPED, HANDED_OVER, PAUSED = "sponsor_stops", "worker_swapped", "handed_over", "paused"


class PledgeRefused(Exception):
    """This cannot be done with the pledge; `reason` is one of `Look.obstacle`, or `no_consent`, `withdrawn`,
    `no_order`, `order_stands`, `past_agreed_end`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Wish:
    """What a sponsor wants: from which month, the worker's sector by law, whether JHT is saved too, and the last
    month (None: until he says otherwise).
    """

    month: Month
    sector: str = "other"
    with_jht: bool = False
    until: Month | None = None


def pledge(
    *,
    circular: Circular,
    sponsor: Sponsor,
    told: Mapping[str, str],
    wish: Wish,
    by: User,
    at: datetime,
    follows: Pledge | None = None,
) -> Pledge:
    """A worker for a sponsor, as typed; nothing is deducted before the signed consent is filed.

    The same worker typed again while the paper is awaited is the same pledge. Raises NotAllowed, and PledgeRefused
    with the first obstacle.
    """
    _require_own(sponsor, by)
    seen = look(
        circular=circular, sponsor=sponsor, told=told, wanted=wish.month, by=by, sector=wish.sector,
        with_jht=wish.with_jht, until=wish.until,
    )  # fmt: skip
    if seen.obstacle:
        raise PledgeRefused(seen.obstacle)
    text = workers.told_as_text(told)
    with whole_government(circular.government, by=by):
        waiting = Pledge.objects.filter(
            circular=circular, sponsor=sponsor, consented_at__isnull=True, withdrawn_at__isnull=True
        )
        for standing in waiting:
            if unseal(standing.told_sealed, kind="pledge") == text:
                return standing
        made = Pledge.objects.create(
            government=circular.government,
            circular=circular,
            sponsor=sponsor,
            told_sealed=seal(text, kind="pledge"),
            sector=wish.sector,
            with_jht=wish.with_jht,
            wanted_month=seen.from_month.first_day,
            wanted_until=wish.until.first_day if wish.until else None,
            follows=follows,
            made_by=by,
            made_at=at,
        )
        record("pledge", subject=f"pledge:{made.pk}", by=by, at=at, detail={"month": str(seen.from_month)})
        return made


def pledges_of_list(*, circular: Circular, told: pl.DataFrame, wish: Wish, by: User, at: datetime) -> list[int]:
    """Many pledges at once: `told` has sponsor_id and the headings of TYPED, and may have sector and with_jht.

    Every check is made when their consents are filed. Returns the ids in the order of the rows.
    """
    require(by, Deed.DEDUCT)
    ids = bulk.new_ids("sponsorship_pledge", told.height)
    texts = [workers.told_as_text(row) for row in told.select(*TYPED).iter_rows(named=True)]
    with whole_government(circular.government, by=by):
        bulk.write(
            told.select(
                ids.alias("id"), pl.lit(circular.government_id).alias("government_id"), "sponsor_id",
                pl.lit(circular.pk).alias("circular_id"),
                pl.Series("told_sealed", seal_column(texts, kind="pledge"), dtype=pl.String),
                pl.col("sector") if "sector" in told.columns else pl.lit(wish.sector).alias("sector"),
                pl.col("with_jht") if "with_jht" in told.columns else pl.lit(wish.with_jht).alias("with_jht"),
                pl.lit(wish.month.first_day).alias("wanted_month"),
                pl.lit(wish.until.first_day if wish.until else None, pl.Date).alias("wanted_until"),
                pl.lit(by.pk).alias("made_by_id"),
                pl.lit(at.isoformat()).alias("made_at"),
            ),
            "sponsorship_pledge",
        )  # fmt: skip
        record("pledge_list", subject=f"circular:{circular.pk}", by=by, at=at, detail={"pledges": told.height})
    return ids.to_list()


def told_of(one: Pledge) -> dict[str, str]:
    """What was typed of the worker; empty when it was erased."""
    text = unseal(one.told_sealed, kind="pledge")
    told: dict[str, str] = json.loads(text) if text else {}
    return told


def withdraw(*, pledge_id: int, by: User, at: datetime) -> None:
    """Take back a pledge that waits for its paper; again changes nothing. Raises PledgeRefused `order_stands`."""
    one = Pledge.objects.select_related("sponsor", "government").get(pk=pledge_id)
    _require_own(one.sponsor, by)
    if one.withdrawn_at is not None:
        return
    if one.consented_at is not None:
        raise PledgeRefused("order_stands")
    with whole_government(one.government, by=by):
        one.withdrawn_at = at
        one.save(update_fields=["withdrawn_at"])
        record("withdraw_pledge", subject=f"pledge:{one.pk}", by=by, at=at)


def stop(*, pledge_id: int, last: Month, by: User, at: datetime, reason: str = SPONSOR_STOPS) -> None:
    """Nothing more is deducted after a month; the worker's cover ends with it. Raises PledgeRefused `no_order`."""
    _close(pledge_id, last, reason, by, at)


def stop_each(
    *, circular: Circular, pledge_ids: Sequence[int], last: Month, by: User, at: datetime, reason: str = SPONSOR_STOPS
) -> list[int]:
    """The same for many pledges of a circular; returns those of which an order stood. Raises NotAllowed."""
    with whole_government(circular.government, by=by):
        _in_turn(circular.government_id)
        require(by, Deed.DEDUCT)
        stopped: list[int] = orders.close_orders(circular, pledge_ids, last=last, reason=reason, at=at)[
            "pledge_id"
        ].to_list()
        detail = {"last_month": str(last), "reason": reason}
        record_each("stop_pledge", {f"pledge:{pledge_id}": detail for pledge_id in stopped}, by=by, at=at)
        return stopped


def pause(*, pledge_id: int, last: Month, resume: Month, by: User, at: datetime) -> None:
    """Nothing is deducted after `last` until `resume`, when the order goes on by itself. Raises PledgeRefused."""
    with transaction.atomic():
        _close(pledge_id, last, PAUSED, by, at)
        resume_from(pledge_id=pledge_id, month=resume, by=by, at=at)


def resume_from(*, pledge_id: int, month: Month, by: User, at: datetime) -> Month:
    """The order goes on from a month, or the first that can still be deducted, in the sponsor's OPD of today.

    Raises PledgeRefused `order_stands`, `no_consent`, `not_serving`, `out_of_scope`, `past_agreed_end`, `other_payer`.
    """
    one = Pledge.objects.select_related("circular__agreement", "sponsor", "government").get(pk=pledge_id)
    with whole_government(one.government, by=by):
        _in_turn(one.government_id)
        require(by, Deed.DEDUCT)
        if one.consented_at is None:
            raise PledgeRefused("no_consent")
        if _standing(one).exclude(until_month__lt=month.first_day).exists():
            raise PledgeRefused("order_stands")
        opd_id = serves_in(one.sponsor, month.last_day)
        if opd_id is None:
            raise PledgeRefused("not_serving")
        if not Scope.objects.filter(circular=one.circular, opd_id=opd_id).exists():
            raise PledgeRefused("out_of_scope")
        first = first_open_month(one.circular, opd_id, month)
        if one.wanted_until is not None and first.first_day > one.wanted_until:
            raise PledgeRefused("past_agreed_end")
        opening = pl.DataFrame(
            [(one.pk, one.membership_id, one.row_id, one.sector, one.with_jht, opd_id, first.first_day)],
            schema=orders.OPENING, orient="row",
        )  # fmt: skip
        try:
            with transaction.atomic():
                orders.open_orders(one.circular, opening, at=at)
        except IntegrityError as conflict:
            raise PledgeRefused("other_payer") from conflict
        record("resume_pledge", subject=f"pledge:{one.pk}", by=by, at=at, detail={"month": str(first)})
        return first


def hand_over(*, pledge_id: int, to: Sponsor, last: Month, by: User, at: datetime) -> Pledge:
    """Another civil servant carries the worker from the month after; his consent is asked for as for every pledge.

    Until when is for him to say, not for the one before. Raises PledgeRefused.
    """
    one = Pledge.objects.select_related("circular__agreement", "circular__government").get(pk=pledge_id)
    with whole_government(one.circular.government, by=by):
        if _standing(one).exclude(until_month__lte=last.first_day).exists():
            _close(pledge_id, last, HANDED_OVER, by, at)
        wish = Wish(last.shift(1), one.sector, one.with_jht)
        return pledge(circular=one.circular, sponsor=to, told=told_of(one), wish=wish, by=by, at=at, follows=one)


def swap(*, pledge_id: int, told: Mapping[str, str], last: Month, by: User, at: datetime) -> Pledge:
    """Another worker in place of this one from the month after, by a paper of its own. Raises PledgeRefused."""
    one = Pledge.objects.select_related("circular__agreement", "circular__government", "sponsor").get(pk=pledge_id)
    with whole_government(one.circular.government, by=by):
        _close(pledge_id, last, WORKER_SWAPPED, by, at)
        until = Month.of(one.wanted_until) if one.wanted_until else None
        wish = Wish(last.shift(1), one.sector, one.with_jht, until)
        return pledge(circular=one.circular, sponsor=one.sponsor, told=told, wish=wish, by=by, at=at, follows=one)


def _close(pledge_id: int, last: Month, reason: str, by: User, at: datetime) -> None:
    one = Pledge.objects.select_related("circular__agreement", "circular__government").get(pk=pledge_id)
    if not stop_each(circular=one.circular, pledge_ids=[one.pk], last=last, reason=reason, by=by, at=at):
        raise PledgeRefused("no_order")


def _standing(one: Pledge) -> QuerySet[Order]:
    return Order.objects.filter(pledge=one, replaced_at__isnull=True)


def _in_turn(government_id: int) -> None:
    """As plans do: nobody enrols beside whoever enrols now."""
    Government.objects.select_for_update(no_key=True).get(pk=government_id)


def _require_own(sponsor: Sponsor, by: User) -> None:
    require(by, Deed.PLEDGE)
    if by.role == Role.SPONSOR.value and sponsor.user_id != by.pk:
        raise NotAllowed("a sponsor pledges for himself alone")
