"""Somebody sits down before the loaded world: a window of the browser, and the worker beside it."""

from typing import Any

import pytest

from payung.doors.world.logins import PASSWORD
from payung.office.access.models import User
from tests.browser import OpenWindow
from tests.journeys.screen import PATIENCE_MILLISECONDS, Screen, SitDown


@pytest.fixture
def sit_down(request: pytest.FixtureRequest, live_server: Any) -> SitDown:
    """Signs a user of the world in, in a window of her own.

    Chromium is asked for at that moment only: where there is none, what the story proved before stands proved, and
    the skip says what is missing.
    """

    def at_the_screen(username: str) -> Screen:
        open_window: OpenWindow = request.getfixturevalue("window")
        window = open_window()
        window.page.set_default_timeout(PATIENCE_MILLISECONDS)
        window.sign_in(User.objects.get(username=username), PASSWORD)
        return Screen(window)

    return at_the_screen
