"""All that is asked before a pledge is made, in one call: may this worker be carried, and what does it bring?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Max

from payung.office.access.models import User
from payung.office.agreements.queries import base_of, readings_of
from payung.office.places.scope import whole_government
from payung.office.sponsorship import workers
from payung.office.sponsorship.models import Circular, DeductionList, Order, Scope, Service, Sponsor
from payung.office.sponsorship.tariffs import Tariff, tariff
from payung.office.sponsorship.worth import Worth, worth
from payung.rules.months import Month


@dataclass(frozen=True)
class Payer:
    """Somebody pays already: from which kind of fund, for which months (None: no end yet)."""

    fund_kind: str
    from_month: date
    until_month: date | None


@dataclass(frozen=True)
class Look:
    """What is known before a pledge. `obstacle` is empty when nothing stands against it, else the first reason:
    `ends_before_it_begins`, `not_serving`, `out_of_scope`, a code of the roster, `who_is_it`, `same_pledge`,
    `other_payer`.

    `findings` are (field, code, severity). `from_month` is the first month that can still be deducted.
    """

    obstacle: str
    findings: tuple[tuple[str, str, str], ...]
    known_person_id: int | None
    payers: tuple[Payer, ...]
    from_month: Month
    tariff: Tariff
    worth: Worth


def look(
    *,
    circular: Circular,
    sponsor: Sponsor,
    told: Mapping[str, str],
    wanted: Month,
    by: User,
    sector: str = "other",
    with_jht: bool = False,
    until: Month | None = None,
) -> Look:
    """Everything that a sponsor should know before he signs; changes nothing.

    `told` has the headings of `verification.intake.TYPED`. Raises LawError where the law has no answer.
    """
    with whole_government(circular.government, by=by):
        month = first_open_month(circular, sponsor.opd_id, wanted)
        found = workers.checked([told], on=month.first_day, place=circular.government.code)
        person_id, obstacle = _who(circular, found.rows)
        payers = workers.other_payers([person_id], month.first_day) if person_id else None
        base = base_of(circular.agreement, month)
        assert base is not None, "a circular's agreement names its base"
        return Look(
            obstacle=("ends_before_it_begins" if until is not None and until < month else "")
            or _sponsors_obstacle(circular, sponsor, month)
            or obstacle
            or _taken(circular, sponsor, person_id, month, payers),
            findings=tuple(found.findings.select("field", "code", "severity").iter_rows()),
            known_person_id=person_id,
            payers=tuple(
                Payer(kind, first, last)
                for _, kind, _, first, last in (payers.iter_rows() if payers is not None else ())
            ),
            from_month=month,
            tariff=tariff(circular, month, sector=sector, with_jht=with_jht),
            worth=worth(month, base.rupiah, readings_of(circular.government_id).on(month)),
        )


def first_open_month(circular: Circular, opd_id: int, wanted: Month) -> Month:
    """The wanted month, or the first one whose list is not fixed yet in that OPD."""
    begins = Month.of(circular.agreement.effective_from)
    return max(wanted, first_open_months(circular).get(opd_id, begins))


def first_open_months(circular: Circular) -> dict[int, Month]:
    """OPD -> the month after its last list that was fixed, not before the circular; only those that have a list."""
    begins = Month.of(circular.agreement.effective_from)
    last = DeductionList.objects.filter(circular=circular).values_list("opd_id").annotate(Max("month"))
    return {opd_id: max(begins, Month.of(month).shift(1)) for opd_id, month in last}


def serves_in(sponsor: Sponsor, day: date) -> int | None:
    """The OPD in which a civil servant serves on a day; None when not."""
    current = Service.objects.filter(sponsor=sponsor, replaced_at__isnull=True, from_day__lte=day)
    newest = current.order_by("-from_day").first()
    return newest.opd_id if newest is not None and newest.state == Service.SERVING else None


def _sponsors_obstacle(circular: Circular, sponsor: Sponsor, month: Month) -> str:
    opd_id = serves_in(sponsor, month.last_day)
    if opd_id is None:
        return "not_serving"
    return "" if Scope.objects.filter(circular=circular, opd_id=opd_id).exists() else "out_of_scope"


def _who(circular: Circular, rows: pl.DataFrame) -> tuple[int | None, str]:
    """The known person, and what stands against the row itself."""
    rows = rows.filter(pl.col("row") == workers.FIRST_ROW)
    if rows.is_empty() or rows["verdict"][0] not in ("clean", "repaired"):
        return None, "row_not_sound"
    linked = workers.linked(circular.government_id, workers.keyed(rows.with_columns(pl.lit(-1, pl.Int64).alias("key"))))
    if linked["decision"][0] == "look":
        return None, "who_is_it"
    return linked["person_id"][0], ""


def _taken(
    circular: Circular, sponsor: Sponsor, person_id: int | None, month: Month, payers: pl.DataFrame | None
) -> str:
    """Whether somebody pays already, perhaps this very sponsor."""
    if person_id is None or payers is None or payers.is_empty():
        return ""
    same = Order.objects.filter(
        pledge__circular=circular, pledge__sponsor=sponsor, pledge__membership__person_id=person_id,
        replaced_at__isnull=True,
    ).exclude(until_month__lt=month.first_day)  # fmt: skip
    return "same_pledge" if same.exists() else "other_payer"
