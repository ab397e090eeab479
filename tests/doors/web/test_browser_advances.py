"""The pages of paying ahead and of paying oneself in the browser: readable at both sizes, with an empty console."""

from datetime import date

import pytest
from django.urls import reverse

from payung.office.agreements.self_payers import open_self_payer
from payung.office.enrolment.receiving import Heading
from payung.office.places.scope import whole_government
from tests.browser import DESKTOP, TELEPHONE, OpenWindow
from tests.doors.web.stage import Office
from tests.office.cast import AT, enrol, people
from tests.office.weavers import OCTOBER, bpu_agreement

pytestmark = pytest.mark.django_db(transaction=True)


def test_paying_ahead_and_oneself_is_readable_at_both_sizes(office: Office, window: OpenWindow) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.admin):
        line = open_self_payer(
            government=cast.government, number="KLP-01", name="Paguyuban Penenun", first=OCTOBER, heads=3,
            by=cast.admin, at=AT,
        )  # fmt: skip
        assert line.opd is not None
        heading = Heading(bpu_agreement(cast), line.opd, line, date(2022, 10, 1), "complete")
        unit = line.opd.opdunit_set.get().unit_id
        enrol(cast, heading, people(3, first=60))
    payer = f"payer={unit}-{line.pk}"
    for size, named in ((DESKTOP, "desktop"), (TELEPHONE, "telephone")):
        opened = window(size=size)
        opened.sign_in(cast.admin)
        for name, asked in (("self-payer-new", ""), ("self-payers", "?bulan=2022-10")):
            opened.open(reverse(name) + asked)
            opened.check_access()
            opened.take_picture(f"{name}-{named}")
        opened = window(size=size)
        opened.sign_in(cast.treasurer)
        opened.open(f"{reverse('bill-ahead')}?bulan=2022-10&{payer}&until=2022-12")
        opened.check_access()
        opened.take_picture(f"bill-ahead-{named}")
