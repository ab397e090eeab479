"""Every number on the page of coverage opens to exactly as many people; figures, outlines and the paper work."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.doors.web.vocabulary_coverage import BOUNDARY_REFUSALS, FIGURE_REFUSALS, KINDS, LEVELS, SCOPES, TRAITS
from payung.office.access.models import User
from payung.office.places.models import OfficialFigure
from payung.office.places.scope import whole_government
from payung.office.reports.boundaries import rings_of
from payung.office.reports.coverage_cells import BY
from payung.office.reports.models import Boundaries
from payung.rules.identity import regions

pytestmark = pytest.mark.django_db
LIST = re.compile(r'<a (?:class="count" )?href="(/cakupan/orang\?[^"]+)">([\d.]+)</a>')
HEADS = re.compile(r'data-listed="(\d+)"')
FIGURE = {
    "kind": "workers", "scope": "all", "place_code": "32.73.01", "on_day": "2022-10-01", "heads": "4", "percent": "",
    "letter": "B-1", "letter_on": "2022-10-02", "definition": "",
}  # fmt: skip


def page_of(client: Client, by: str = "kecamatan") -> str:
    return client.get(reverse("coverage"), {"bulan": "2022-10", "menurut": by}).content.decode()


def test_every_number_is_the_count_of_its_list(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    found = {one for by in TRAITS for one in LIST.findall(page_of(client, by))}
    assert len(found) > len(TRAITS)
    for href, told in found:
        page = client.get(href.replace("&amp;", "&")).content.decode()
        heads = HEADS.search(page)
        assert heads and heads[1] == told == str(page.count('<th scope="row">')), href


def test_who_sees_a_part_sees_the_figures_and_no_list(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    assert not LIST.findall(page_of(client))
    assert client.get(reverse("coverage-people") + "?bulan=2022-10").status_code == 404
    client.force_login(User.objects.get(username="head_of_region"))
    assert not LIST.findall(page_of(client))


def test_a_figure_is_taken_down_shown_and_dropped(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    address = reverse("official-figures")
    for wrong, told in (
        ({"heads": ""}, FIGURE_REFUSALS["unit"]),
        ({"place_code": "32.74"}, FIGURE_REFUSALS["elsewhere"]),
    ):
        assert told.split(";")[0] in client.post(address, FIGURE | wrong).content.decode()
    assert client.post(address, FIGURE).status_code == 302
    with whole_government(office.cast.government):
        made = OfficialFigure.objects.get(place_code="32.73.01")
    page = page_of(client)
    assert "51,98%" in page and "51,57%" in page and "tidak sama dengan hasil baginya" in page
    client.post(reverse("official-figure-drop", kwargs={"figure_id": made.pk}))
    with whole_government(office.cast.government):
        assert OfficialFigure.objects.get(pk=made.pk).replaced_at is not None


def test_outlines_are_drawn_once_they_are_handed_in(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert "<rect" in page_of(client)
    ring = [[107.0, -7.0], [107.5, -7.0], [107.5, -6.5], [107.0, -6.5], [107.0, -7.0]]
    told = {
        "features": [
            {"properties": {"kode": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for code, _ in regions.inside("32.73")
        ]
    }
    address, asked = reverse("boundaries-upload"), {"level": "kecamatan", "source": "BIG"}
    wrong = client.post(address, {**asked, "file": SimpleUploadedFile("b.json", b"x")}).content.decode()
    assert BOUNDARY_REFUSALS["not_geojson"] in wrong
    file = SimpleUploadedFile("b.json", json.dumps(told).encode())
    assert client.post(address, {**asked, "file": file}).status_code == 302
    with whole_government(office.cast.government):
        assert rings_of(office.cast.government.pk, "kecamatan")
    assert 'fill-rule="evenodd"' in page_of(client)


def test_the_page_prints_and_downloads(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    for name, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        told = client.get(reverse("coverage"), {"bulan": "2022-10", "unduh": name})
        assert told.content.startswith(begins)


def test_every_code_has_its_word() -> None:
    assert set(KINDS) == set(OfficialFigure.KINDS) and set(SCOPES) == set(OfficialFigure.SCOPES)
    assert set(TRAITS) == set(BY) - {"all", "until"} and set(LEVELS) == set(Boundaries.LEVELS)
