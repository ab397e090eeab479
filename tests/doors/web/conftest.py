"""A small standing cast, and the office where it is at work."""

import copy

import pytest
from pytest_django.plugin import DjangoDbBlocker
from stage import Office, open_office

from payung.office.places.scope import tell
from tests.databases import LIVE, OFFICE, Databases, serve, writes_for_good
from tests.office.cast import Cast, call_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The office's standing cast, alone."""
    return call_cast()


@pytest.fixture(scope="session")
def standing_office(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Office:
    """Made once, in a database of its own."""
    chosen = databases.wanted
    databases.choose(OFFICE)
    with django_db_blocker.unblock():
        made = open_office()
        databases.choose(chosen)
    return made


@pytest.fixture
def office(standing_office: Office, databases: Databases, request: pytest.FixtureRequest, db: None) -> Office:
    """As it stood for every test: taken back afterwards, or a copy of the whole where a test writes for good."""
    if writes_for_good(request.node):
        serve(databases.copy(OFFICE, LIVE))
    else:
        tell(user_id=standing_office.cast.admin.pk, area=standing_office.cast.area)
    return copy.deepcopy(standing_office)
