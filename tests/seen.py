"""What a user of a loaded world sees: a page's words, as the browser would get them."""

import re
from html import unescape

from django.test import Client

from payung.office.access.models import User

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def words_of(username: str, path: str) -> str:
    """The text of a page, tags taken away and blanks made one. The page must open."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(unescape(_TAGS.sub(" ", answer.content.decode())).split())
