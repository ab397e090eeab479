"""The law, for everybody: its tables, its doubts, its calculators."""

from django.urls import URLPattern

from payung.doors.web.rights import Open, page
from payung.doors.web.views import contribution, family, law, readings
from payung.office.access.roles import Deed

PAGES: list[URLPattern] = [
    page("peraturan", law.law, name="law", needs=Open.TO_ALL),
    page("peraturan/ragu", law.doubts, name="law-doubts", needs=Open.TO_ALL),
    page("peraturan/bacaan", readings.all_of_them, name="readings", needs=Deed.SEE_PROGRAMME),
    page("peraturan/bacaan/<slug:reading>", readings.one_of_them, name="reading", needs=Deed.SET_OFFICE),
    page("peraturan/perubahan", law.changed, name="law-changes", needs=Open.TO_ALL),
    page("peraturan/tabel/<slug:table>", law.law_table, name="law-table", needs=Open.TO_ALL),
    page("hitung/iuran", contribution.contribution, name="contribution", needs=Open.TO_ALL),
    page("hitung/keluarga", family.family, name="family", needs=Open.TO_ALL),
    page("hitung/keluarga/pdf", family.paper, name="family-paper", needs=Open.TO_ALL),
    page("robots.txt", law.robots, name="robots", needs=Open.TO_ALL),
]
