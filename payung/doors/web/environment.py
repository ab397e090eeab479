"""What every template may use. Nothing here reads the database."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from payung.doors.web import figures
from payung.doors.web.rights import allowed
from payung.doors.web.translation import t


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend asks for this. Escaping is on; an unknown name is an error, not a blank."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701  # it is on, in the line itself
    made.globals.update(
        t=t, url=url, static=stamped_static, same_page=same_page, may_open=may_open, htmx_script=htmx_script
    )
    made.filters.update(
        {
            name: getattr(figures, name)
            for name in ("number", "rupiah", "short_date", "short_month", "long_month", "moment", "masked", "percent")
        }
    )
    return made


@cache
def stamped_static(path: str) -> str:
    """The address of a static file, with a stamp of its content: a new release is never shown with old styles."""
    found = finders.find(path)
    assert isinstance(found, str), f"no static file {path}"
    return f"{static(path)}?v={sha256(Path(found).read_bytes()).hexdigest()[:8]}"


def url(name: str, **parts: object) -> str:
    """The address of a page."""
    return reverse(name, kwargs=parts or None)


def same_page(request: HttpRequest, **changes: object) -> str:
    """This address with some of its filters changed; None takes one away. Never carries identity marks.

    `dicatat` (what was noted just now) is told once.
    """
    kept: Mapping[str, object] = {**request.GET.dict(), "dicatat": None, **changes}
    return "?" + urlencode({name: value for name, value in kept.items() if value not in (None, "")})


def may_open(request: HttpRequest, name: str) -> bool:
    """Whether the reader may open the page of that name."""
    return allowed(request.user, name)
