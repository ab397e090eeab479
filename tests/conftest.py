"""The databases of the tests: an embedded server of their own, served in the serving role.

Pure tests never ask for it. With DATABASE_URL and DATABASE_OWNER_URL set, the same tests run on that server
instead, in databases of their own beside it (the owner must be allowed to create databases).
"""

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.browser import browser as browser
from tests.browser import window as window
from tests.databases import EMPTY, OFFICE, SPONSORS, TABLES, Databases, leave, open_server, serve, writes_for_good

if TYPE_CHECKING:
    from tests.office.sponsors import Sponsors

gc.set_threshold(100_000, 50, 100)  # whoever opens thousands of pages spends a tenth of the time looking for cycles
hypothesis_settings.register_profile("patient", deadline=None)  # the first example reads tables; machines are busy
hypothesis_settings.load_profile("patient")

CHOSEN = pytest.StashKey[str]()
"""The database that the test about to run wants."""
SERVED = pytest.StashKey[Databases]()
STANDING = {"standing_office": OFFICE, "standing_sponsors": SPONSORS}
"""The fixtures of whoever works in an office that stands: that of the pages, that of sponsors."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The test's database, before any fixture opens a connection."""
    asked = [STANDING[name] for name in getattr(item, "fixturenames", ()) if name in STANDING]
    item.session.stash[CHOSEN] = asked[0] if asked and not writes_for_good(item) else EMPTY
    if SERVED in item.session.stash:
        item.session.stash[SERVED].choose(item.session.stash[CHOSEN])


@pytest.fixture(scope="session")
def databases(django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The worker's databases, migrated as owner; the one chosen is served."""
    from django.conf import settings
    from django.db import connections

    from payung.doors.installation.tables import bring_up_to_date

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often
    with open_server(os.environ.get("PYTEST_XDIST_WORKER", "main")) as here:
        with django_db_blocker.unblock():
            addresses = here.copy("template0", TABLES)
            serve(addresses)
            bring_up_to_date()
            serving_role = psycopg.conninfo.conninfo_to_dict(addresses.serving)["user"]
            with connections["owner"].cursor() as cursor:
                # Tests with a live server empty the tables afterwards; the serving role may not, elsewhere.
                cursor.execute(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{serving_role}"')
        request.session.stash[SERVED] = here
        here.choose(request.session.stash[CHOSEN])
        yield here
        with django_db_blocker.unblock():
            leave()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases) -> None:
    """Replaces pytest-django's own."""


@pytest.fixture(scope="session")
def standing_sponsors(databases: Databases, django_db_blocker: DjangoDbBlocker) -> "Sponsors":
    """Made once, in a database of its own; see `tests.office.sponsors.at_work`."""
    from django.db import transaction

    from tests.office.sponsors import call_sponsors

    chosen = databases.wanted
    databases.choose(SPONSORS)
    with django_db_blocker.unblock():
        with transaction.atomic():
            made = call_sponsors()
        databases.choose(chosen)
    return made


SLOW = (
    "tests/journeys/test_bandung_deaths.py",
    "tests/doors/web/test_browser.py::test_every_page_is_accessible[dark]",
    "tests/doors/web/test_browser.py::test_every_page_is_accessible[telephone]",
    "tests/doors/web/test_browser.py::test_every_page_is_light",
    "tests/doors/web/test_browser_account.py",
    "tests/office/test_advances.py::test_paid_ahead_or_not_the_same_is_billed_in_the_end",
    "tests/office/test_decree_lists.py::test_in_any_order_the_quota_holds_and_the_papers_explain_the_list",
    "tests/office/test_keys.py::test_a_rotation_killed_anywhere_loses_nothing_and_goes_on",
    "tests/rules/roster/test_world_truth.py",
    "tests/doors/world/test_sponsored.py::test_every_month",
    "tests/doors/installation/test_tables.py",
    "tests/doors/scrubbing/test_copy.py",
    "tests/doors/web/test_browser_advances.py",
    "tests/doors/web/test_browser_verification.py",
    "tests/doors/web/test_downloads.py",
    "tests/doors/web/test_guide_pictures.py",
    "tests/doors/web/test_law_browser.py",
    "tests/office/test_claim_kinds_paid.py",
    "tests/office/test_killed.py",
    "tests/office/test_killed_verbs.py",
    "tests/office/test_merging.py::test_merges_taken_back_in_any_order_leave_nothing",
    "tests/office/test_money_in_any_order.py",
    "tests/office/test_two_treasurers.py",
    "tests/office/test_runs.py::test_the_narrow_comparison_is_the_whole_one",
    "tests/rules/law/benefits/test_twin.py",
    "tests/rules/law/test_knowledge.py::test_each_month_under_its_own_reading",
    "tests/rules/linkage/test_linking.py",
)
"""Long proofs: `make journeys` runs them with the programmes at full size; `make test` stays short without them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the long proofs."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
