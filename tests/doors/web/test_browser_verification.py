"""The pages of verification in the browser: readable by everybody, at both sizes, with an empty console."""

import pytest
from django.urls import reverse
from stage import Office

from tests.browser import DESKTOP, TELEPHONE, OpenWindow

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    ("decrees", ()), ("decree", ("decree_id",)), ("candidates", ("decree_id",)), ("candidate", ("candidate_id",)),
    ("decree-list", ("decree_id",)), ("amendment", ("amendment_id",)), ("decree-new", ()),
    ("candidate-new", ("decree_id",)), ("decree-upload", ("decree_id",)),
)  # fmt: skip


def test_the_pages_of_verification_are_readable_at_both_sizes(office: Office, window: OpenWindow) -> None:
    for size, named in ((DESKTOP, "desktop"), (TELEPHONE, "telephone")):
        opened = window(size=size)
        opened.sign_in(office.cast.admin)
        for name, parts in PAGES:
            opened.open(reverse(name, kwargs={part: office.parts[part] for part in parts}))
            opened.check_access()
            opened.take_picture(f"verval-{name}-{named}")
