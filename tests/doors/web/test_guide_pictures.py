"""The pictures of the user guide, made by opening its pages in the standing office.

With PAYUNG_GUIDE_PICTURES=1 they are written among the static files, where the guide shows them; else they are only
made and measured.
"""

import base64
import os
from pathlib import Path

import pytest
from django.urls import reverse
from stage import Office

from payung.doors.web import guidebook
from payung.doors.web.guidebook import picture_of, pictured
from payung.doors.web.vocabulary_users import ROLES
from payung.office.access.models import User
from tests.browser import OpenWindow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "progress"])]
STATIC = Path(guidebook.__file__).parent / "static"
SIZE, QUALITY = (980, 580), 42
MOST_BYTES = 40 * 1024
NAMED = """names => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = names[texts.currentNode.data.trim()] ?? texts.currentNode.data;
}"""
"""The standing office calls its users by the codes of their roles; a picture calls them as people do."""


def test_every_picture_of_the_guide_is_made(office: Office, window: OpenWindow) -> None:
    by_role: dict[str, list[str]] = {}
    for page, role in pictured().items():
        by_role.setdefault(role.value, []).append(page)
    for role, pages in by_role.items():
        seen = window(size=SIZE)
        seen.sign_in(User.objects.get(username=role))
        camera = seen.page.context.new_cdp_session(seen.page)
        for page in pages:
            seen.open(reverse(page))
            assert seen.page.locator("h1").is_visible(), page
            seen.page.evaluate(NAMED, {code: said.capitalize() for code, said in ROLES.items()})
            shot = camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
            picture = base64.b64decode(shot["data"])
            assert picture[8:12] == b"WEBP", page
            assert len(picture) <= MOST_BYTES, (page, len(picture))
            if os.environ.get("PAYUNG_GUIDE_PICTURES"):
                target = STATIC / picture_of(page)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(picture)
