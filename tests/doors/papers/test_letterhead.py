"""The letterhead of a day is on the paper, with its place and who signs; without one the place stays open."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.doors.papers.bill_form import form
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.letterhead import OPEN_PLACE, letterhead_of_bill
from payung.office.billing.models import Bill
from payung.office.billing.queries import bill, lines
from payung.office.places.letterheads import NewLetterhead, letterhead_on, set_letterhead
from payung.office.places.models import Letterhead, Opd
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2022, 10, 1), date(2022, 11, 1)


def set_for(cast: Cast, opd: Opd | None, day: date, city: str) -> Letterhead:
    told = NewLetterhead(
        day, ("DINAS SINTETIS", "Jalan Contoh 1"), city, "Kepala Dinas", "SINTETIS KEPALA", "19700101", "Bendahara",
        "SINTETIS BENDAHARA", "",
    )  # fmt: skip
    return set_letterhead(government=cast.government, opd=opd, told=told, by=cast.admin, at=AT)


def test_the_opds_own_goes_before_the_governments_and_the_newest_day_counts() -> None:
    cast = call_cast()
    set_for(cast, None, FIRST, "Kota")
    set_for(cast, cast.works, SECOND, "Dinas lama")
    set_for(cast, cast.works, SECOND, "Dinas")

    def city(opd: Opd, day: date) -> str | None:
        found = letterhead_on(cast.government.pk, opd.pk, day)
        return found.city if found else None

    assert city(cast.works, date(2022, 9, 30)) is None
    assert (city(cast.works, FIRST), city(cast.works, SECOND), city(cast.health, SECOND)) == ("Kota", "Dinas", "Kota")
    with pytest.raises(DatabaseError), transaction.atomic():
        Letterhead.objects.update(city="x")


def test_a_bill_carries_it() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(2))
    billed(cast, Month(2022, 10))
    key = Bill.objects.get().pk
    head, listed = bill(cast.area, key), lines(key, limit=None)
    told = {"government_name": "Kota Contoh", "printed_on": SECOND, "language": "id"}
    bare = form(head, listed, **told)  # type: ignore[arg-type]  # told above
    assert (bare["letter"], bare["signatures"][1]["name"]) == ([], "")
    assert bare["signatures"][1]["place_and_date"].startswith(OPEN_PLACE)
    set_for(cast, None, FIRST, "Bandung")
    letterhead = letterhead_of_bill(key, SECOND)
    filled = form(head, listed, letterhead=letterhead, **told)  # type: ignore[arg-type]  # told above
    assert (filled["office"], filled["letter"]) == ("", ["DINAS SINTETIS", "Jalan Contoh 1"])
    assert [one["name"] for one in filled["signatures"]] == ["SINTETIS KEPALA", "SINTETIS BENDAHARA"]
    assert filled["signatures"][1]["place_and_date"] == "Bandung, 1 November 2022"
    assert filled["signatures"][0]["employee_number"].endswith("19700101")
    assert bill_pdf(head, listed, letterhead=letterhead, **told).startswith(b"%PDF-")  # type: ignore[arg-type]  # told above
