"""The job of the award file: gather, print, prove each figure by its list, freeze."""

from datetime import date, datetime

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.papers.award_paper import FILES, Printing, award_parts
from payung.doors.papers.award_words import words_in
from payung.office.access.models import User
from payung.office.enrolment.receiving import Progress, silent
from payung.office.places.queries import Area, area_of
from payung.office.reports import award_lists
from payung.office.reports.award import NothingCounted, award, proved
from payung.office.reports.award_freezing import freeze, packed
from payung.office.reports.award_models import AwardFile

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


class Recounted(Exception):
    """A figure and the list behind it are of two moments: somebody counts the month anew."""


def freeze_award(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The pack of a year as it stands today."""
    year, english = int(job.arguments["year"]), job.asked_by.language == "en"
    area, on = area_of(job.asked_by, government_id=job.government_id), timezone.localdate()
    try:
        made = freeze_year(area=area, year=year, on=on, by=job.asked_by, at=timezone.now(), progress=progress)
    except NothingCounted as nothing:
        raise WorkRefused(REFUSALS["not_counted"][english].format(year=year)) from nothing
    except Recounted as moving:
        raise WorkRefused(REFUSALS["recounted"][english]) from moving
    return Outcome({"year": year, "award_id": made.pk})


def freeze_year(*, area: Area, year: int, on: date, by: User, at: datetime, progress: Progress = silent) -> AwardFile:
    """The file of a year, printed in the user's language with its lists, kept for good.

    Raises NothingCounted, Recounted, NotAllowed.
    """
    whole = len(FILES) + 2
    progress("read", 0, whole)
    found = award(area, year)
    lists = {**found.lists, "people": award_lists.people(area.government, found.month, found.lists["segments"])}
    if not all(proved(figure, lists) for figure in found.figures):
        raise Recounted(year)
    printing = Printing(area.government.name, on, by.language, words_in(by.language))
    parts = award_parts(found, lists, printing, lambda made: progress("write", made, whole))
    told = {"government": area.government.code, "year": year, "frozen_on": on.isoformat()}
    return freeze(
        area=area, year=year, on=on, content=found.content(), pack=packed(parts, told, on),
        name=f"penghargaan-{year}-{on.isoformat()}.zip", by=by, at=at,
    )  # fmt: skip


AWARD_KINDS = {"freeze_award": freeze_award}
