"""An office with work at each stage, and somebody new who tries his hand at it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.approvals.models import Freeze
from payung.office.approvals.policy import freeze as freeze_approvals
from payung.office.billing.models import Bill, BillRun
from payung.office.enrolment.actions import plan
from payung.office.enrolment.models import Plan
from payung.office.places.actions import grant_area
from payung.office.privacy.actions import receive
from payung.office.privacy.models import Request
from payung.office.registry.models import Person
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approved, billed, call_cast, drafted, enrol, hand_in, people


@dataclass(frozen=True)
class Story:
    """An office with a list at each stage, and somebody (`by`) who tries."""

    cast: Cast
    listed: Any
    waiting: Plan
    ready: Plan
    bill: Bill
    draft: BillRun
    request: Request
    freeze: Freeze
    other: User
    by: User

    @property
    def here(self) -> dict[str, Any]:
        return {"government": self.cast.government, "by": self.by, "at": AT}

    @property
    def told(self) -> dict[str, Any]:
        return {"by": self.by, "at": AT}


def tell_story(role: Role) -> Story:
    """Everything is done by those whose work it is; then a user of that role, new and not concerned, tries."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    (bill, *_) = billed(cast, Month(2022, 10))
    draft = drafted(cast, Month(2022, 11))
    waiting = plan(
        roster_list=hand_in(cast, cast.heading(cast.health, kind="additions"), people(2, first=20), name="a.xlsx"),
        by=cast.operator,
        at=AT,
    )
    ready = approved(
        cast, hand_in(cast, cast.heading(cast.health, kind="additions"), people(2, first=40), name="b.xlsx")
    )
    listed = hand_in(cast, cast.heading(cast.health, kind="additions"), people(2, first=60), name="c.xlsx")
    request = receive(
        person=Person.objects.all()[0], kind="access", wording="", handler=cast.admin, by=cast.admin, at=AT
    )
    freeze = freeze_approvals(
        government=cast.government, kind="", first_day=date(2023, 1, 1), last_day=date(2023, 1, 2), reason="x",
        by=cast.admin, at=AT,
    )  # fmt: skip
    made = [
        add_user(username=name, full_name=name, role=one, password="rahasia-panjang", by=None, at=AT)
        for name, one in (("pencoba", role), ("rekan", Role.GOVERNMENT_ADMIN))
    ]
    for user in made:
        grant_area(user=user, government=cast.government, opd=None, by=None, at=AT)
    return Story(cast, listed, waiting, ready, bill, draft, request, freeze, other=made[1], by=made[0])
