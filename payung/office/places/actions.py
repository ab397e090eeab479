"""Verbs of places: found a government, add its OPD with their units, grant an area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import NotAllowed
from payung.office.places.models import Government, Opd, OpdUnit, PaymentUnit, UserArea
from payung.rules.identity.regions import normal_code


@dataclass(frozen=True)
class NewOpd:
    """An OPD as an office names it, with the unit that BPJS invoices for it."""

    code: str
    name: str
    short_name: str
    unit_number: str


@transaction.atomic
def found_government(*, code: str, name: str, by: User | None, at: datetime) -> Government:
    """The government of that Kemendagri code, made when it is not there yet.

    The installation founds governments, no user does: raises NotAllowed for one.
    """
    if by is not None:
        raise NotAllowed("a government is founded by the installation")
    government, made = Government.objects.get_or_create(code=code, defaults={"name": name})
    if made:
        record("found_government", subject=f"government:{government.pk}", by=by, at=at, detail={"code": code})
    return government


@transaction.atomic
def add_opds(
    *,
    government: Government,
    opds: Sequence[NewOpd],
    unit_kind: str,
    from_month: date,
    by: User | None,
    at: datetime,
) -> dict[str, Opd]:
    """OPD by code with their payment units; what is already known stays as it is."""
    result = {}
    for new in opds:
        opd, made = Opd.objects.get_or_create(
            government=government, code=new.code, defaults={"name": new.name, "short_name": new.short_name}
        )
        unit, _ = PaymentUnit.objects.get_or_create(
            government=government, number=new.unit_number, defaults={"kind": unit_kind, "name": new.name}
        )
        OpdUnit.objects.get_or_create(opd=opd, unit=unit, defaults={"from_month": from_month})
        if made:
            record("add_opd", subject=f"opd:{opd.pk}", by=by, at=at, detail={"code": new.code})
        result[new.code] = opd
    return result


@transaction.atomic
def grant_area(
    *,
    user: User,
    government: Government,
    opd: Opd | None,
    by: User | None,
    at: datetime,
    village_code: str | None = None,
    own_pledges: bool = False,
) -> None:
    """Let a user see a government, or one OPD of it, one kecamatan or desa, or the own pledges alone.

    Raises ValueError when the OPD or the village lies elsewhere.
    """
    if opd is not None and opd.government_id != government.pk:
        raise ValueError("the OPD belongs to another government")
    if village_code is not None:
        village_code = normal_code(village_code)
        if len(village_code) < len("32.73.02") or not village_code.startswith(government.code + "."):
            raise ValueError("not a kecamatan or desa of this government")
    _, made = UserArea.objects.get_or_create(
        user=user, government=government, opd=opd, village_code=village_code, own_pledges=own_pledges
    )
    if made:
        detail = {"opd": opd.pk if opd else None, "village": village_code, "pledges": own_pledges}
        record("grant_area", subject=f"user:{user.pk}", by=by, at=at, detail=detail)


@transaction.atomic
def revoke_area(*, area: UserArea, by: User, at: datetime) -> None:
    """Take from a user one of the areas that were granted."""
    detail = {"opd": area.opd_id, "village": area.village_code, "pledges": area.own_pledges}
    area.delete()
    record("revoke_area", subject=f"user:{area.user_id}", by=by, at=at, detail=detail)
