"""The payments of benefits that the award file sums up."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.papers.claim_words import kind_said
from payung.doors.web.asked import after_asked, slice_of
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.award import year_asked
from payung.office.claims.queries import cases
from payung.office.places.queries import area_of
from payung.office.reports.award_lists import payouts

FIELDS: tuple[Field[dict[str, Any]], ...] = (
    Field("kasus", word("Kasus"), lambda row: row["case"]),
    Field("manfaat", word("Manfaat"), lambda row: kind_said(row["benefit"], language())),
    Field("dibayar", word("Tanggal bayar"), lambda row: date.fromisoformat(row["paid_on"])),
    Field("jumlah", word("Jumlah"), lambda row: row["rupiah"], figures=True),
    Field("bukti", word("Nomor bukti"), lambda row: row["reference"]),
)


@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    """`?tahun=2022`: exactly the payments that the file of that year counts, page by page or as a workbook."""
    area, year = area_of(reader(request)), year_asked(request, request.GET.get("tahun", ""))
    rows = list(payouts(area.government, year).with_row_index("place", offset=1).iter_rows(named=True))
    title = t("Santunan yang dibayar BPJS, {year}", year=str(year))
    if request.GET.get("unduh"):
        return whole_list(request, f"santunan-{year}.xlsx", title, FIELDS, lambda limit: rows[:limit])
    page = slice_of(request, rows[after_asked(request, start=0) :], place=lambda row: int(row["place"]), start=0)
    seen = cases(area).filter(reference__in=[row["case"] for row in page.rows])
    content = {
        "count": len(rows),
        "total": sum(row["rupiah"] for row in rows),
        "page": page,
        "columns": headings(*(field.label for field in FIELDS), figures=[FIELDS[3].label]),
        "case_ids": dict(seen.values_list("reference", "pk")),
        "day": date.fromisoformat,
        "kind": lambda code: kind_said(code, language()),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [(t("Berkas penghargaan {year}", year=str(year)), f"{reverse('award')}?tahun={year}")]
    return show(request, "award_payouts.html", content, title=title, part="award", crumbs=crumbs)
