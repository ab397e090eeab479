"""Every number on every report opens to a list that holds exactly as many as it says.

All reports are walked, in each of their forms; each number is followed and its list counted row by row, page by page.
A new number that opens to nothing fails here until it opens, or stands in UNOPENED with its reason.
"""

import sys
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import resolve, reverse
from figures_read import Figure, read
from stage import Office

from payung.doors.web.month_decisions import decisions
from payung.doors.web.vocabulary_coverage import TRAITS
from payung.doors.web.vocabulary_numbers import SPLIT
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.places.scope import seen_by
from payung.office.reports.month_sheet import month_sheet
from payung.office.reports.numbers import GAINED, LOST, Difference, Rung
from payung.rules.months import Month

ROWS_A_PAGE = 3
"""So few that the small cast fills more than one page of a list."""
UNOPENED = {
    "home": {"belum ada alasannya": "what is left over when every known reason is taken away"},
    "numbers": {
        "Orang": "the ladder's first step counts heads in a budget, and a difference to it is of heads, not of people",
        "Orang dianggarkan": "heads in a budget; its row names the budget line",
        "Orang ditetapkan": "compared with a budget line; the people stand under Ditetapkan",
    },
    "month-sheet": {"Orang": "the ladder's first step counts heads in a budget; it opens to the budget lines"}
    | dict.fromkeys(("Dibayar", "Masih berjalan", "Ditolak"), "claims of the year, told on their own page"),
    "coverage": {
        "Peserta aktif menurut cabang": "from the branch's letter",
        "Jumlah pekerja (penyebut)": "from a letter",
    },
    "agreement": {"Kuota": "of the agreement or of a decree", "Kelompok risiko JKK": "a group of the law"},
    "decree": {"Kuota": "of the decree", "Tempat kosong": "places in which nobody stands"},
    "scenario": dict.fromkeys(
        ("Bulan", "Orang", "Orang terlindungi di setiap bulan", "Orang yang terlindungi", "Terlindungi",
         "Belum terjangkau", "Giliran", "Perkiraan kematian, orang", "Desil"),
        "a plan: nobody is counted",
    ),
    "scenarios": {"Orang": "a plan: nobody is counted"},
    "inspections": dict.fromkeys(("Jumlah", "Dari"), "of a sample, which its row opens"),
    "warnings": {"Sisa hari": "days"},
}  # fmt: skip
"""Page -> heading of numbers that open to no list, and why."""


def forms(office: Office) -> list[str]:
    """The addresses of all reports: each in every month, split and part that it can be asked for."""
    opd, decree, line = (office.parts[name] for name in ("opd_id", "decree_id", "budget_line_id"))
    every = [
        ("home", {}, [{"bulan": "2022-10"}, {"bulan": "2022-10", "diketahui": "2022-10-20"}]),
        ("counted", {}, [{"bulan": "2022-10"}]),
        ("numbers", {}, [{"bulan": "2022-10", "menurut": by} for by in SPLIT] + [{"tahun": "2022"}]),
        ("coverage", {}, [{"bulan": "2022-10", "menurut": by} for by in TRAITS]),
        ("assessment", {}, [{}]),
        ("assessment-opd", {"opd_id": opd}, [{}]),
        ("award", {}, [{"tahun": "2022"}]),
        ("month-sheet", {}, [{"bulan": "2022-10"}]),
        ("scenarios", {}, [{}]),
        ("scenario", {"scenario_id": office.parts["scenario_id"]}, [{}]),
        ("inspections", {}, [{}, {"hari": "2022-12-31"}]),
        ("warnings", {}, [{}, {"hari": "2022-10-12"}, {"hari": "2023-01-10"}]),
        ("funds", {}, [{}]),
        ("fund-line", {"budget_line_id": line}, [{}]),
        ("agreement", {"agreement_id": office.cast.agreement.pk}, [{}]),
        ("decree", {"decree_id": decree}, [{"menurut": by} for by in ("kecamatan", "desa", "segment")]),
    ]
    return [
        f"{reverse(name, kwargs=parts)}?" + "&".join(f"{key}={value}" for key, value in asked.items())
        for name, parts, asks in every
        for asked in asks
    ]


def held(client: Client, address: str, counted: dict[str, tuple[int | None, int]]) -> tuple[int | None, int]:
    """What the list of an address says that it holds, and how many rows stand on all of its pages."""
    if address not in counted:
        said, rows, following = None, 0, address
        while following:
            answer = client.get(following)
            assert answer.status_code == 200, (address, following, answer.status_code)
            page = read(answer.content.decode())
            said, rows = (page.listed if said is None else said), rows + page.rows
            following = address.partition("?")[0] + page.following if page.following else ""
        counted[address] = said, rows
    return counted[address]


def without_list(name: str, figure: Figure) -> bool:
    # Claims are counted by benefit: their own page has its own walk.
    opens = figure.href.startswith("/") and not figure.href.endswith("#anggaran") and "/klaim/angka" not in figure.href
    return not opens and figure.under in UNOPENED.get(name, {})


@pytest.fixture
def few_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("payung.doors.web") and hasattr(module, "PAGE_ROWS"):
            monkeypatch.setattr(module, "PAGE_ROWS", ROWS_A_PAGE)


@pytest.mark.usefixtures("few_a_page")
def test_every_number_of_every_report_opens_to_as_many_as_it_says(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert walk(client, forms(office)) > 100


@pytest.mark.usefixtures("few_a_page")
def test_numbers_of_an_operator_of_one_opd_open_to_his_people_alone(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    assert walk(client, [one for one in forms(office) if one.startswith(("/?", "/asesmen", "/program"))]) > 10


def test_what_must_be_decided_leads_to_what_its_sentence_counts(client: Client, office: Office) -> None:
    admin, head = office.cast.admin, User.objects.get(username=Role.HEAD_OF_REGION.value)
    address = reverse("month-sheet") + "?bulan=2022-10"
    client.force_login(admin)
    assert '<a href="/klaim?belum=klaim">1 kematian' in client.get(address).content.decode()
    client.force_login(head)
    shown = client.get(address).content.decode()
    assert "<li>1 kematian" in shown, "who sees no claims reads the sentence alone"
    with seen_by(admin) as area:
        found = month_sheet(area, Month(2022, 10))
    steps = [Difference(LOST, "paid_not_posted", -3, 0), Difference(GAINED, "posted_later", 1, 0)]
    told = decisions(replace(found, rungs=[Rung("active", 5, 0, []), Rung("posted", 3, 0, steps)]))
    (unproved,) = [one for one in told if "belum terbukti" in one.sentence]
    assert unproved.sentence.startswith("3 orang"), "those whom the list has, not the difference of two numbers"
    assert unproved.address(admin) == reverse("numbers-people") + "?bulan=2022-10&angka=posted&sisi=lost"
    assert unproved.address(head) == reverse("numbers") + "?bulan=2022-10"


def walk(client: Client, addresses: list[str]) -> int:
    """Follow every number of these reports; how many there were. None may be wrong."""
    counted: dict[str, tuple[int | None, int]] = {}
    wrong, followed = [], 0
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        name = str(resolve(address.partition("?")[0]).url_name)
        page = read(answer.content.decode())
        for figure in page.figures:
            if without_list(name, figure):
                continue
            # A sum at the foot of a table does not open twice: the same figure opens above.
            if figure.at_foot and any(one.href and one.count == figure.count for one in page.figures):
                continue
            followed += 1
            if not figure.href.startswith("/"):
                wrong.append((address, figure, "opens to nothing"))
            elif held(client, figure.href, counted) != (figure.count, figure.count):
                wrong.append((address, figure, counted[figure.href]))
    assert not wrong, "\n".join(map(str, wrong))
    return followed
