"""Who begins and who ends to carry a worker in the sponsored world, month by month, by the office's real actions."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import polars as pl

from payung.doors.world.chance import draws, weighted
from payung.doors.world.founding import Founded
from payung.doors.world.sponsored import END_WEIGHTS, ENDS, STOPS_PER_MILLE, Sponsored
from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.access.models import User
from payung.office.places.scope import whole_government
from payung.office.sponsorship import events, pledges
from payung.office.sponsorship.consents import consent_many
from payung.office.sponsorship.models import Circular, DeductionList, Order, Pledge
from payung.office.verification.intake import TYPED
from payung.rules.months import Month

TELLING = {"sponsor_stops": "", "lapsed": "", "worker_stopped": "worker", "worker_died": "worker", "retired": "sponsor"}
"""How an end is told: by stopping the pledge, as an event of the worker, or of the sponsor."""


@dataclass(frozen=True)
class Here:
    """The founded office with its circular, and the world that is taken through it."""

    founded: Founded
    circular: Circular
    world: Sponsored


def pledge(here: Here, month: Month) -> tuple[int, int]:
    """The month's new pledges with their papers; how many came, and how many could not stand."""
    with whole_government(here.founded.government):
        made = Pledge.objects.filter(circular=here.circular, wanted_month=month.first_day, follows__isnull=True)
        if (known := made.count()) > 0:
            return known, made.filter(consented_at__isnull=True).count()
        sponsors = bulk.read(
            "SELECT id, nip_sealed FROM sponsorship_sponsor", schema={"sponsor_id": pl.Int64, "nip_sealed": pl.String}
        )
    numbers = pl.Series("nip", unseal_column(sponsors["nip_sealed"], kind="nip"), dtype=pl.String)
    known_by = here.world.servants.join(sponsors.with_columns(numbers), on="nip").select("servant", "sponsor_id")
    coming = here.world.pledges.filter(pl.col("month") == month.first_day).join(known_by, on="servant")
    told = coming.select("sponsor_id", "sector", *TYPED)
    if told.is_empty():
        return 0, 0
    by, wish = here.founded.operator, pledges.Wish(month)
    ids = pledges.pledges_of_list(circular=here.circular, told=told, wish=wish, by=by, at=instant(month, 1))
    paper = f"%PDF-1.4 Persetujuan dan surat kuasa (contoh), {month}".encode()
    refused = consent_many(
        circular=here.circular,
        pledge_ids=ids,
        paper=paper,
        name=f"surat-kuasa-{month}.pdf",
        by=by,
        at=instant(month, 2),
    )
    return len(ids), len(refused)


def ends(here: Here, month: Month) -> int:
    """Some standing orders end after the month before, each for its reason."""
    last, by, at = month.shift(-1), here.founded.operator, instant(month, 1)
    with whole_government(here.founded.government):
        if DeductionList.objects.filter(circular=here.circular, month=month.first_day).exists():
            return Order.objects.filter(until_month=last.first_day, replaced_at__isnull=True).count()
        carried = Order.objects.filter(
            pledge__circular=here.circular, replaced_at__isnull=True, until_month__isnull=True,
            from_month__lte=last.first_day,
        )  # fmt: skip
        standing = pl.Series("pledge_id", list(carried.order_by("pk").values_list("pledge_id", flat=True)), pl.Int64)
        ending = standing.filter(drawn(here, standing, f"ends {month}") < STOPS_PER_MILLE)
        kinds = weighted(END_WEIGHTS, draws(ending, seed=here.world.world.seed, stream=f"why {month}"))
        why = pl.DataFrame({"pledge_id": ending, "kind": kinds}).group_by("kind", maintain_order=True)
        for (kind,), part in why:
            _end(here.circular, part["pledge_id"].to_list(), ENDS[int(str(kind))], last, by, at)
    return len(ending)


def _end(circular: Circular, pledge_ids: list[int], reason: str, last: Month, by: User, at: datetime) -> None:
    """The orders of these pledges end for a reason; whose sponsor retired a moment ago has none left to stop."""
    told = TELLING[reason]
    if not told:
        pledges.stop_each(circular=circular, pledge_ids=pledge_ids, last=last, reason=reason, by=by, at=at)
        return
    ended = list(Pledge.objects.filter(pk__in=pledge_ids).select_related("circular__agreement", "sponsor__opd"))
    same: dict[str, Any] = {"government": circular.government, "kind": reason, "on": last.last_day, "by": by, "at": at}
    if told == "worker":
        events.worker_events(pledges=ended, **same)
    else:
        events.sponsors_end(sponsors=[one.sponsor for one in ended], **same)


def drawn(here: Here, numbers: pl.Series, stream: str) -> pl.Series:
    """0 .. 999 for each number."""
    return draws(numbers, seed=here.world.world.seed, stream=stream) * 1_000 // (1 << 32)


def instant(month: Month, day: int) -> datetime:
    return datetime.combine(month.first_day.replace(day=day), time(2, 0), tzinfo=UTC)
