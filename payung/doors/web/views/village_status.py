"""What goes back to the villages: their own list with what became of each person, and no number of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, day_asked, filter_chips, slice_of, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.decrees import crumbs, day_of_work, place_name, visible
from payung.doors.web.vocabulary import Meaning
from payung.doors.web.vocabulary_decrees import difference
from payung.office.places.queries import area_of
from payung.office.reports import funnel
from payung.office.reports.village_status import STATUSES, statuses

WORDS = {
    "active": Meaning(word("aktif"), "proof"),
    "arrears": Meaning(word("menunggak"), "wait"),
    "not_yet": Meaning(word("belum"), "info"),
}
LAPSED = word("iurannya tidak tercatat lagi, perlindungannya terputus")
"""Said in full: the list hangs in the village office."""


@dataclass(frozen=True)
class Villager:
    """One person of the village's list."""

    key: int
    name: str
    place: str
    work: str
    status: Meaning
    why: str


FIELDS: tuple[Field[Villager], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("keadaan", word("Keadaan"), lambda one: t(one.status.text)),
    Field("sebab", word("Keterangan"), lambda one: one.why),
    Field("desa", word("Desa/kelurahan"), lambda one: one.place),
    Field("pekerjaan", word("Pekerjaan"), lambda one: one.work),
)


@require_safe
def village_status(request: HttpRequest, decree_id: int) -> HttpResponse:
    """Everybody whom the reader's villages proposed: active, in arrears, or not yet, and why. `?unduh=` as workbook."""
    area, decree = area_of(reader(request)), visible(request, decree_id)
    day = day_asked(request, otherwise=day_of_work(decree))
    found = statuses(funnel.people(area, decree, day))
    chosen_status = word_asked(request, "keadaan", STATUSES)
    chosen = found.filter(pl.col("status") == chosen_status) if chosen_status else found
    if request.GET.get("unduh"):
        title = t("{title}, keadaan pada {day}", title=decree.title, day=day)
        return whole_list(
            request, f"keadaan-{decree.pk}.xlsx", title, FIELDS,
            lambda limit: _villagers(chosen.head(limit or chosen.height)),
        )  # fmt: skip
    after = after_asked(request, start=0)
    ahead = _villagers(chosen.filter(pl.col("key") > after).head(PAGE_ROWS + 1))
    counts = dict(found.group_by("status").len().iter_rows())
    chips = [(name, t(WORDS[name].text), counts.get(name, 0)) for name in STATUSES]
    content = {
        "day": day,
        "page": slice_of(request, ahead, place=lambda person: person.key, start=0),
        "columns": headings(*(field.label for field in FIELDS)),
        "chips_shown": filter_chips(request, "keadaan", [("", t("semua"), found.height), *chips], chosen_status),
        "download_address": same_page(request, unduh="xlsx"),
    }
    title = t("Kabar untuk desa: {title}", title=decree.title)
    return show(request, "village_status.html", content, title=title, part="decrees", crumbs=crumbs(decree))


def _villagers(chosen: pl.DataFrame) -> Sequence[Villager]:
    return [
        Villager(
            key=row["key"],
            name=row["name"],
            place=place_name(row["desa_code"] or row["kecamatan_code"]),
            work=place_name(row["segment"]),
            status=WORDS[row["status"]],
            why=_why(row["why"]),
        )
        for row in chosen.iter_rows(named=True)
    ]


def _why(code: str | None) -> str:
    if code == "lapsed":
        return t(LAPSED)
    return difference(code, language()) if code else ""
