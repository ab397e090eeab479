"""Who may change what, below every page: each verb of the office and each table, for each role.

The verbs are found, not listed: one that stands in no table here fails. What is not allowed is refused by the verb or
by the database. Verbs of rooms with many parts are proved by their tables alone (`BY_TABLE`,
`test_writers`).
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction
from psycopg.errors import InsufficientPrivilege

import payung.office
from payung.office.access.roles import NotAllowed, Role
from payung.office.approvals.policy import SettingRefused
from payung.office.enrolment.elsewhere import ask_for_person
from payung.office.places.scope import seen_by
from payung.office.registry.models import Person
from tests.office.cast import AT, OCTOBER
from tests.office.story import Story, tell_story
from tests.office.verbs import BY_TABLE, NO_VERBS, VERBS, Try

pytestmark = pytest.mark.django_db


def found_verbs() -> Iterator[str]:
    """Every public function of the office that somebody does: it takes `by`."""
    for module in pkgutil.walk_packages(payung.office.__path__, "payung.office."):
        if module.ispkg or ".migrations" in module.name:
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(function) or function.__module__ != module.name or name.startswith("_"):
                continue
            parameter = inspect.signature(function).parameters.get("by")
            if parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                yield f"{module.name.removeprefix('payung.office.')}.{name}"


def test_every_verb_says_who_may() -> None:
    assert {name for name in found_verbs() if not name.startswith(BY_TABLE)} - NO_VERBS == set(VERBS)


def refused(story: Story, attempt: Try) -> bool:
    """Whether the verb or the database refused; nothing of the attempt stays."""
    try:
        with seen_by(story.by), transaction.atomic():
            attempt(story)
            transaction.set_rollback(True)
    except NotAllowed:
        return True
    except SettingRefused as problem:
        return problem.reason == "not_allowed_to_decide"
    except InsufficientPrivilege:
        return True
    except DatabaseError as problem:
        if not isinstance(problem.__cause__, InsufficientPrivilege):
            raise
        return True
    return False


@pytest.mark.parametrize("role", list(Role))
def test_each_role_does_what_is_its_own_and_nothing_else(role: Role) -> None:
    story = tell_story(role)
    let_in = {name for name, (_, attempt) in VERBS.items() if not refused(story, attempt)}
    assert let_in == {name for name, (roles, _) in VERBS.items() if role in roles}


def test_asking_across_governments_is_for_those_who_plan() -> None:
    story = tell_story(Role.TREASURER)
    person = Person.objects.all()[0].pk
    assert refused(story, lambda s: ask_for_person(person, since=OCTOBER, at=AT))
