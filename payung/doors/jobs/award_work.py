"""The job of the award file: gather, print, prove each figure by its list, freeze."""

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.papers.award_paper import FILES, Printing, award_parts
from payung.doors.papers.award_words import words_in
from payung.office.enrolment.receiving import Progress
from payung.office.places.queries import area_of
from payung.office.reports import award_lists
from payung.office.reports.award import NothingCounted, award, proved
from payung.office.reports.award_freezing import freeze, packed

REFUSALS = {
    "not_counted": (
        "Belum ada bulan tahun {year} yang dihitung. Hitung dulu lima angkanya.",
        "No month of {year} was counted. Count the five numbers first.",
    ),
    "recounted": (
        "Angkanya sedang dihitung ulang oleh orang lain. Coba lagi sebentar.",
        "Somebody is counting the numbers anew. Try again in a moment.",
    ),
}


def freeze_award(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The pack of a year as it stands today."""
    year, language = int(job.arguments["year"]), job.asked_by.language
    area, on = area_of(job.asked_by, government_id=job.government_id), timezone.localdate()
    whole = len(FILES) + 2
    progress("read", 0, whole)
    try:
        found = award(area, year)
    except NothingCounted as nothing:
        raise WorkRefused(REFUSALS["not_counted"][language == "en"].format(year=year)) from nothing
    lists = {**found.lists, "people": award_lists.people(job.government, found.month, found.lists["segments"])}
    if not all(proved(figure, lists) for figure in found.figures):
        raise WorkRefused(REFUSALS["recounted"][language == "en"])
    printing = Printing(job.government.name, on, language, words_in(language))
    parts = award_parts(found, lists, printing, lambda made: progress("write", made, whole))
    told = {"government": job.government.code, "year": year, "frozen_on": on.isoformat()}
    made = freeze(
        area=area,
        year=year,
        on=on,
        content=found.content(),
        pack=packed(parts, told, on),
        name=f"penghargaan-{year}-{on.isoformat()}.zip",
        by=job.asked_by,
        at=timezone.now(),
    )
    return Outcome({"year": year, "award_id": made.pk})


AWARD_KINDS = {"freeze_award": freeze_award}
