"""A month's bill costs as many SQL statements for a few people as for many."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.office.billing.models import Bill
from payung.office.billing.runs import finalise
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approve, call_cast, drafted, enrol, people

pytestmark = pytest.mark.django_db
MOST = 20
ABOUT_THE_TRANSACTION = re.compile(r"^(SAVEPOINT|RELEASE|SELECT set_config|SELECT coalesce\(current_setting)")


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Those of the work itself: neither transaction control nor who is looking."""
    return [one["sql"] for one in captured if not ABOUT_THE_TRANSACTION.match(one["sql"])]


def costs(cast: Cast, month: Month) -> tuple[int, int]:
    """Statements of the draft and of making it final."""
    with CaptureQueriesContext(connection) as drafting:
        run = drafted(cast, month)
    approve(cast, run.proposal, by=cast.admin)
    with whole_government(cast.government, by=cast.admin), CaptureQueriesContext(connection) as ending:
        finalise(run_id=run.pk, by=cast.admin, at=AT)
    assert Bill.objects.get(run=run).state == Bill.FINAL
    return len(statements(drafting)), len(statements(ending))


def test_many_people_cost_no_more_statements_than_few() -> None:
    cast = call_cast(programmes=("JKK", "JKM", "JHT"))
    enrol(cast, cast.heading(cast.works), people(2))
    few = costs(cast, Month(2022, 10))
    enrol(cast, cast.heading(cast.works, month=Month(2022, 12).first_day, kind="additions"), people(300, first=50))
    costs(cast, Month(2022, 11))
    many = costs(cast, Month(2022, 12))
    assert max(*few, *many) <= MOST
    assert few[0] + 3 == many[0] and few[1] == many[1], "later months set aside whom to compare again: three statements"
