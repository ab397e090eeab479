"""What a worker costs a month: the law's own answer for each sector, with and without JHT, and how certain it is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from payung.office.agreements.queries import base_of, readings_of
from payung.office.enrolment.programmes import ORDER
from payung.office.sponsorship.models import SECTORS, Circular
from payung.rules.law.explain import explain
from payung.rules.months import Month

JHT = "JHT"


@dataclass(frozen=True)
class Tariff:
    """One month's contribution of one worker. `doubts` hold id, reason and citation of what is not certain."""

    sector: str
    with_jht: bool
    jkk: int
    jkm: int
    jht: int
    certainty: str
    doubts: tuple[Mapping[str, str], ...]

    @property
    def due_rupiah(self) -> int:
        return self.jkk + self.jkm + self.jht

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "due_rupiah": self.due_rupiah}


def programmes_of(circular: Circular, *, with_jht: bool) -> tuple[str, ...]:
    """The circular's programmes, with JHT where the sponsor chose it."""
    told = {*circular.agreement.programmes, *([JHT] if with_jht else [])}
    return tuple(name for name in ORDER if name in told)


def tariff(circular: Circular, month: Month, *, sector: str, with_jht: bool) -> Tariff:
    """What one worker costs in a month. Raises LawError where the law has no answer."""
    base = base_of(circular.agreement, month)
    assert base is not None, "a circular's agreement names its base"
    answer = explain(
        membership_class=circular.agreement.membership_class,
        month=month,
        wage_rupiah=base.rupiah,
        payer=circular.fund.kind,
        programmes=programmes_of(circular, with_jht=with_jht),
        sector=sector,
        readings=readings_of(circular.government_id).on(month),
    )
    return Tariff(
        sector=sector,
        with_jht=with_jht,
        jkk=int(answer.row["jkk"] or 0),
        jkm=int(answer.row["jkm"] or 0),
        jht=int(answer.row["jht_worker"] or 0) + int(answer.row["jht_employer"] or 0),
        certainty=answer.certainty.value,
        doubts=tuple({"id": one.id, "reason": one.reason, "citation": one.citation} for one in answer.doubts),
    )


def tariffs(circular: Circular, month: Month) -> list[Tariff]:
    """Every tariff of a month: one for each sector, with and without JHT."""
    return [tariff(circular, month, sector=sector, with_jht=jht) for sector in SECTORS for jht in (False, True)]
