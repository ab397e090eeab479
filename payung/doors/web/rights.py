"""Which page needs which deed. A page that is not in this table opens for nobody.

`urls.py` fills it, one line per page; the middleware asks it before every view, navigation and
buttons ask it before they show a way in.
"""

from collections.abc import Callable
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from payung.office.access.models import User
from payung.office.access.roles import Deed, may


class Open(Enum):
    """The two rights that are no deed."""

    TO_ALL = "to_all"
    TO_SIGNED_IN = "to_signed_in"


Right = Deed | Open
RIGHTS: dict[str, Right] = {}
"""Name of the page -> what it needs."""


def page(route: str, view: Callable[..., HttpResponseBase], *, name: str, needs: Right) -> URLPattern:
    """One line of `urls.py`: the address, the view, its name, and what it needs."""
    if name in RIGHTS:
        raise ValueError(f"two pages are called {name}")
    RIGHTS[name] = needs
    return path(route, view, name=name)


def allowed(user: User | AnonymousUser, name: str) -> bool:
    """Whether this user may open the page of that name; unknown names never."""
    right = RIGHTS.get(name)
    if right is Open.TO_ALL:
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    if right is Open.TO_SIGNED_IN:
        return True
    return isinstance(right, Deed) and may(user, right)
