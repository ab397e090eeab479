"""The jobs of verification: take lists in, check the rules anew, propose a paper, put an approved one in force."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from payung.doors.jobs.list_pages import other_page
from payung.doors.jobs.models import Job
from payung.doors.jobs.notices import tell_of
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.office.agreements.decrees import DecreeRefused, Paper
from payung.office.agreements.models import Amendment, Decree
from payung.office.enrolment.belonging import BelongsElsewhere
from payung.office.enrolment.receiving import Progress
from payung.office.places.queries import area_of
from payung.office.verification.actions import check_again
from payung.office.verification.handover import hand_over
from payung.office.verification.intake import IntakeRefused, take_in
from payung.office.verification.lists import bring_in_force, propose_replacements
from payung.office.verification.told import NoSuchColumns, hear
from payung.rules.roster.unreadable import UnreadableWorkbook

CANDIDATES = "candidates"
"""What a list that is taken in holds, when it is no outside list."""

REFUSALS = {
    "nobody": ("Tidak ada orang di berkas ini.", "There is nobody in this file."),
    "outside_area": (
        "Berkas ini memuat orang dari luar desa/kelurahan Anda. Keluarkan dulu baris mereka.",
        "This file names people outside your village. Take their rows out first.",
    ),
    "no_columns": ("Kolom {missing} tidak ditemukan di berkas ini.", "This file has no column {missing}."),
    "still_open": (
        "Masih ada usulan yang menunggu putusan. Tunggu putusannya dulu.",
        "Another proposal still waits for a decision. Wait for it first.",
    ),
    "nothing_to_propose": (
        "Tidak ada yang dapat diajukan: belum ada calon yang memenuhi syarat, atau semua tempat sudah terisi.",
        "There is nothing to propose: no candidate is valid yet, or every place is taken.",
    ),
    "starts_too_early": (
        "Tanggal berlakunya mendahului hari mulai program.",
        "The paper takes effect before the programme begins.",
    ),
    "not_approved": ("Usulan ini belum disetujui orang kedua.", "A second person has not approved this yet."),
    "refused": ("Usulan ini ditolak.", "This proposal was refused."),
    "changed_since": (
        "Keadaan berubah sejak usulan ini disetujui: ada yang tidak lagi memenuhi syarat. Ajukan usulan baru.",
        "Things changed since this was approved: somebody is no longer valid. Propose anew.",
    ),
}


@contextmanager
def _refusing(job: Job) -> Iterator[None]:
    """Refusals of the office become words in the language of whoever asked."""
    english = job.asked_by.language == "en"
    try:
        yield
    except (DecreeRefused, IntakeRefused) as refused:
        raise WorkRefused(REFUSALS[refused.reason][english]) from refused
    except NoSuchColumns as lacking:
        raise WorkRefused(REFUSALS["no_columns"][english].format(missing=lacking.missing)) from lacking
    except BelongsElsewhere as belongs:
        raise WorkRefused(other_page(belongs.layout, job.asked_by.language)) from belongs
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem


def take_in_list(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A list of candidates, or one that tells of people; then everybody it may concern is checked."""
    decree, at, kind = _decree(job), timezone.now(), job.arguments["list_kind"]
    with _refusing(job):
        if kind == CANDIDATES:
            taken = take_in(
                decree=decree,
                content=content,
                name=job.file_name,
                area=area_of(job.asked_by),
                by=job.asked_by,
                at=at,
                progress=progress,
            )
            return Outcome({"decree_id": decree.pk, "people": taken.candidates, "known": taken.known})
        told_on = date.fromisoformat(job.arguments["told_on"])
        heard = hear(
            government=job.government,
            content=content,
            name=job.file_name,
            kind=kind,
            told_on=told_on,
            by=job.asked_by,
            at=at,
        )
        progress("check", 0, 0)
        check_again(decree=decree, by=job.asked_by, at=at)
    result = {"decree_id": decree.pk, "people": heard.people, "known": heard.known, "unread": heard.unread}
    return Outcome(result)


def check_candidates(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The rules over everybody, anew."""
    decree = _decree(job)
    checked = check_again(decree=decree, by=job.asked_by, at=timezone.now())
    return Outcome({"decree_id": decree.pk, "people": checked})


def propose_decree(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A paper for a second person: who comes in turn, and whom it ends."""
    told, at, decree = job.arguments, timezone.now(), _decree(job)
    paper = Paper(
        number=told["number"],
        signed_on=date.fromisoformat(told["signed_on"]),
        effective_from=date.fromisoformat(told["effective_from"]),
    )
    ending = {int(entry_id): str(reason) for entry_id, reason in told["ending"].items()}
    with _refusing(job):
        made = propose_replacements(decree=decree, paper=paper, ending=ending, by=job.asked_by, at=at)
    tell_of(made.proposal, by=job.asked_by, at=at)
    return Outcome({"decree_id": decree.pk, "amendment_id": made.pk})


def decree_in_force(job: Job, content: bytes, progress: Progress) -> Outcome:
    """An approved paper stands, and its people go to enrolment as a plan of their own."""
    at, by = timezone.now(), job.asked_by
    amendment = Amendment.objects.get(pk=job.arguments["amendment_id"], government=job.government)
    with _refusing(job):
        made = bring_in_force(amendment_id=amendment.pk, by=by, at=at)
        planned = hand_over(amendment=made, by=by, at=at, progress=progress)
    if planned.made_at == at:
        tell_of(planned.proposal, by=by, at=at)
    return Outcome({"decree_id": made.decree_id, "amendment_id": made.pk, "plan_id": planned.pk})


def _decree(job: Job) -> Decree:
    found = Decree.objects.select_related("agreement", "government", "opd", "budget_line__fund")
    return found.get(pk=job.arguments["decree_id"], government=job.government)


DECREE_KINDS = {
    "take_in_list": take_in_list,
    "check_candidates": check_candidates,
    "propose_decree": propose_decree,
    "decree_in_force": decree_in_force,
}
