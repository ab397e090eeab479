"""The history of settings and reference data, as an auditor reads it."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stage import Office

from payung.office.access.actions import set_language
from payung.office.places.scope import coming_from, whole_government


def test_an_auditor_reads_who_changed_what_from_where(client: Client, office: Office) -> None:
    cast = office.cast
    with coming_from("web 10.0.0.7"), whole_government(cast.government, by=cast.admin):
        cast.works.short_name = "PUPR"
        cast.works.save()
    client.force_login(cast.auditor)
    page = client.get(reverse("history")).content.decode()
    assert "nama singkat: DPU → PUPR" in page
    assert "web 10.0.0.7" in page
    only = client.get(reverse("history") + f"?data=places_opd&nomor={cast.works.pk}").content.decode()
    assert "nama singkat: DPU → PUPR" in only
    assert only.count("<tr>") == 3  # the heading, the change, the birth
    assert "password" not in page


def test_rows_are_called_by_name_and_the_language_somebody_reads_is_left_out(client: Client, office: Office) -> None:
    cast = office.cast
    line = cast.lines[cast.works.pk]
    with whole_government(cast.government, by=cast.admin):
        line.ceiling_rupiah = (line.ceiling_rupiah or 0) + 1
        line.save()
        set_language(user=cast.operator, language="en", at=timezone.now())
    client.force_login(cast.auditor)
    page = client.get(reverse("history")).content.decode()
    called = f"mata anggaran: {line.year} · {line.name} · {cast.works.short_name}"
    assert called in page.split("<tbody>")[1].split("</tr>")[0]
    assert "bahasa: id → en" not in page
    assert (
        f"OPD: {cast.works.short_name}"
        in client.get(reverse("history") + "?data=agreements_budgetline").content.decode()
    )


def test_fifty_at_a_time(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.admin):
        for number in range(60):
            cast.works.short_name = f"PU {number}"
            cast.works.save()
    client.force_login(cast.auditor)
    page = client.get(reverse("history") + "?data=places_opd").content.decode()
    assert "PU 58 → PU 59" in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    after = client.get(reverse("history") + following).content.decode()
    assert "PU 58 → PU 59" not in after
    assert "PU 0 → PU 1" in after


def test_it_is_for_those_who_audit(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    assert client.get(reverse("history")).status_code == 403
    client.force_login(office.elsewhere)
    assert "short_name" not in client.get(reverse("history") + "?data=places_opd").content.decode()
