"""Plans on the pages: asked, kept, shown with what they are worth, side by side, on paper; nothing short is hidden."""

from io import BytesIO

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from stage import Office

from payung.office.planning.models import Scenario
from payung.office.planning.queries import outcome

ASKED = {
    "title": "Setahun, Bekasi",
    "membership_class": "BPU",
    "counts": "Petani 28.800\nOjek online: 1200 orang\nPedagang sayur 45903",
    "turn_rule": "most-people",
    "first": "2026-01",
    "last": "2026-12",
    "payer": "APBD",
    "budget": "15302044800",
    "programmes": ["JKK", "JKM"],
    "wage_base": "nominal",
    "wage_rupiah": "1000000",
    "rates": "entered",
    "deaths": "4",
    "accidents": "2,5",
    "accident_mean": "5000000",
    "rates_source": "Surat cabang 7/2026",
}


def post(client: Client, **changed: object) -> HttpResponse:
    return client.post(reverse("scenario-new"), {**ASKED, **changed})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_question_is_kept_and_answered(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    response = post(client)
    made = Scenario.objects.get(title="Setahun, Bekasi")
    assert response["Location"] == reverse("scenario", kwargs={"scenario_id": made.pk})
    assert [(one["segment"], one["heads"], one["sector"]) for one in made.groups] == [
        ("petani", 28_800, "other"), ("ojek-online", 1_200, "transport"), ("Pedagang sayur", 45_903, "other"),
    ]  # fmt: skip
    page = text(client.get(response["Location"]))
    for shown in ("75.903", "Rp15.302.044.800", "Rp10.000.000", "Rp42.000.000", "Permenaker 1/2025", "Pedagang sayur",
                  "Rp10.322.808.000", "Surat cabang 7/2026"):  # fmt: skip
        assert shown in page, shown


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    for changed, said in (
        ({"counts": ""}, "Pilih sebuah program, atau tulis jumlah orangnya."),
        ({"counts": "Petani banyak"}, "Baris “Petani banyak” tidak terbaca."),
        ({"first": "Januari"}, "Tulis bulan seperti 2026-04."),
        ({"last": "2025-12"}, "Bulan terakhir mendahului bulan pertama."),
        ({"last": "2032-12"}, "Rencana paling panjang 60 bulan."),
        ({"wage_rupiah": ""}, "Isi jumlahnya, atau pilih UMK atau UMP."),
        ({"rates_source": ""}, "Sebut dari mana angka itu"),
        ({"deaths": "banyak"}, "Tulis angka, misalnya 3,5."),
        ({"title": "Dua bulan, petani"}, "Nama ini sudah dipakai skenario lain."),
        ({"first": "2014-01", "last": "2014-02"}, "Juli 2015"),
    ):
        page = text(post(client, **changed))
        assert said in page, said
        assert "Surat cabang 7/2026" in page or "rates_source" in changed
    assert Scenario.objects.count() == 1


def test_two_months_are_shown_for_what_they_are_everywhere(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    short = {"scenario_id": office.parts["scenario_id"]}
    warning = "keluarga peserta baru yang meninggal hanya menerima Rp10.000.000, bukan Rp42.000.000"
    assert warning in text(client.get(reverse("scenario", kwargs=short)))
    assert "tidak pernah penuh" in text(client.get(reverse("scenarios")))
    assert "0 dari 2" in text(client.get(reverse("scenarios-compare")))
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(reverse("scenario-excel", kwargs=short)).content))
    told = str(book.get_sheet_by_name("Rincian RKA").to_python())
    assert "hanya menerima Rp10.000.000, bukan Rp42.000.000" in told
    assert client.get(reverse("scenario-pdf", kwargs=short)).content.startswith(b"%PDF")


def test_every_line_of_the_paper_adds_up_to_the_cost(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    made = Scenario.objects.get(pk=office.parts["scenario_id"])
    found = outcome(made)
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get(reverse("scenario-excel", kwargs={"scenario_id": made.pk})).content)
    )
    rows = [row for row in book.get_sheet_by_name("Rincian RKA").to_python() if str(row[0]).startswith("Nov 2026")]
    assert sum(int(row[6]) for row in rows) == found.rupiah > 0
    assert all(row[2] * row[3] * row[5] == row[6] for row in rows)


def test_side_by_side_shows_those_chosen(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    post(client)
    year = Scenario.objects.get(title="Setahun, Bekasi")
    both = text(client.get(reverse("scenarios-compare")))
    assert "Setahun, Bekasi" in both
    assert "Dua bulan, petani" in both
    one = text(client.get(reverse("scenarios-compare") + f"?pilih={year.pk}&pilih=x&pilih=99999"))
    assert "Setahun, Bekasi" in one
    assert "Dua bulan, petani" not in one


def test_a_scenario_is_set_aside_once(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    where = reverse("scenario-aside", kwargs={"scenario_id": office.parts["scenario_id"]})
    assert client.post(where)["Location"] == reverse("scenarios")
    assert client.post(where).status_code == 404
    assert "Belum ada skenario." in text(client.get(reverse("scenarios")))
    assert "Belum ada skenario untuk dibandingkan." in text(client.get(reverse("scenarios-compare")))


def test_the_treasurer_reads_and_does_not_keep(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    assert "Dua bulan, petani" in text(client.get(reverse("scenarios")))
    assert "Skenario baru" not in text(client.get(reverse("scenarios")))
    assert post(client).status_code == 403
