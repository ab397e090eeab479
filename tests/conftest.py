"""The database of the tests: an embedded server of its own, served in the serving role.

Pure tests never ask for it. With DATABASE_URL and DATABASE_OWNER_URL set, the same tests run on that server
instead, in a database of their own beside it (the owner must be allowed to create databases).
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("patient", deadline=None)  # the first example reads tables; machines are busy
hypothesis_settings.load_profile("patient")


def _own_database(stack: ExitStack, worker: str) -> tuple[str, str]:
    """Addresses (serving, owner) of a fresh database for this test worker."""
    from payung.doors.installation import embedded
    from payung.doors.installation.roles import make_database

    name = f"payung_test_{worker}"
    named = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if named[0] and named[1]:
        from payung.doors.installation.roles import prepare_database

        with psycopg.connect(named[1], autocommit=True) as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
            owner.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")  # type: ignore[arg-type]
        inside = psycopg.conninfo.make_conninfo(named[1], dbname=name)
        serving = psycopg.conninfo.make_conninfo(named[0], dbname=name)
        roles = [str(psycopg.conninfo.conninfo_to_dict(address)["user"]) for address in (inside, serving)]
        prepare_database(inside, database=name, owner_role=roles[0], serving_role=roles[1])
        return serving, inside
    folder = Path(os.environ["PAYUNG_DATA"]) / f"postgres-{worker}"
    folder.mkdir(parents=True, exist_ok=True)
    superuser = stack.enter_context(embedded.running(folder))
    addresses = make_database(superuser, name)
    return addresses.serving, addresses.owner


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, request: pytest.FixtureRequest) -> Iterator[None]:
    """Replaces pytest-django's own: migrate as owner, then serve every test in the serving role."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from payung.doors.settings import _database

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with ExitStack() as stack:
        serving, owner = _own_database(stack, worker)
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            for alias, address in (("default", serving), ("progress", serving), ("owner", owner)):
                connections[alias].close()
                connections[alias].settings_dict.update(_database(address))
                settings.DATABASES[alias].update(_database(address))
            os.environ["PAYUNG_TEST_SERVING"], os.environ["PAYUNG_TEST_OWNER"] = serving, owner
            call_command("migrate", database="owner", verbosity=0)
            serving_role = psycopg.conninfo.conninfo_to_dict(serving)["user"]
            with connections["owner"].cursor() as cursor:
                # Tests with a live server empty the tables afterwards; the serving role may not, elsewhere.
                cursor.execute(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{serving_role}"')
            connections["owner"].close()
        yield
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            for connection in connections.all():
                connection.close()


SLOW = (
    "tests/doors/scrubbing/test_copy.py",
    "tests/doors/web/test_browser_verification.py",
    "tests/doors/web/test_law_browser.py",
    "tests/office/test_killed.py",
    "tests/office/test_money_in_any_order.py",
    "tests/office/test_runs.py::test_the_narrow_comparison_is_the_whole_one",
    "tests/rules/law/benefits/test_twin.py",
    "tests/rules/linkage/test_linking.py",
)
"""Long proofs: `make journeys` runs them with the programmes at full size; `make test` stays short without them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the long proofs."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
