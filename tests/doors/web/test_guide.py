"""The user guide: every role has one, its steps lead to pages that the role may open, its pictures are there."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.doors.web.guidebook import guides, picture_of, pictured
from payung.doors.web.rights import RIGHTS
from payung.doors.web.translation import LANGUAGES
from payung.doors.web.vocabulary_users import ROLES
from payung.office.access.models import User
from payung.office.access.roles import Deed, Role, may

MOST_PICTURES, MOST_BYTES = 20, 40 * 1024
LONGEST = 240


@pytest.mark.parametrize("role", list(Role))
def test_every_step_says_what_to_do_on_a_page_that_the_role_may_open(role: Role) -> None:
    reader = User(role=role.value, is_active=True)
    guide = guides()[role]
    assert guide.steps
    for step in guide.steps:
        right = RIGHTS[step.page]
        assert isinstance(right, Deed) is False or may(reader, right), (role, step.page)
        for language in LANGUAGES:
            assert 20 < len(step.do[language]) <= LONGEST, (role, step.page, language)
            assert guide.intro[language]


def test_the_pictures_are_few_small_and_there() -> None:
    pages = pictured()
    assert 0 < len(pages) <= MOST_PICTURES
    for page in pages:
        found = finders.find(picture_of(page))
        assert isinstance(found, str), page
        assert Path(found).stat().st_size <= MOST_BYTES, page
        kept = {one.stem for one in Path(found).parent.glob("*.webp")}
    assert kept == set(pages), "a picture that no step shows"


def test_everybody_reads_the_own_guide_and_may_read_the_others(client: Client, office: Office) -> None:
    for role in Role:
        client.force_login(User.objects.get(username=role.value))
        own = client.get(reverse("guide")).content.decode()
        assert ROLES[role.value] in own
        assert guides()[role].intro["id"] in own.replace("&#39;", "'").replace("&#34;", '"')
        other = Role.AUDITOR if role is not Role.AUDITOR else Role.TREASURER
        assert guides()[other].intro["id"] in client.get(reverse("guide"), {"peran": other.value}).content.decode()
        home = client.get(reverse("home")).content.decode()
        assert f'href="{reverse("guide")}"' in home, "the guide is one click from the first page"


def test_the_guide_reads_english_by_the_switch(client: Client, office: Office) -> None:
    admin = office.cast.admin
    admin.language = "en"
    admin.save()
    client.force_login(admin)
    page = client.get(reverse("guide")).content.decode()
    assert guides()[Role.GOVERNMENT_ADMIN].intro["en"] in page
