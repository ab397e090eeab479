"""The job of savings: bring the JHT accounts up to what is posted."""

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.office.enrolment.receiving import Progress
from payung.office.ledger.actions import PeriodClosed
from payung.office.savings.actions import credit
from payung.office.savings.frames import BalanceTooLarge

REFUSALS = {
    "closed": (
        "Pembukuan sampai hari ini sudah ditutup. Simpanan JHT dibukukan mulai besok.",
        "The books are closed through today. Savings are booked from tomorrow on.",
    ),
    "too_large": (
        "Ada saldo JHT di atas Rp1.000.000.000. Periksa dulu konfirmasi postingnya; hasil pengembangan belum dihitung.",
        "A JHT balance is above Rp1,000,000,000. Check its confirmations of posting; no return was reckoned.",
    ),
}


def credit_savings(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Bring the accounts up to date; the result says how many lines were added and their rupiah."""
    english = job.asked_by.language == "en"
    try:
        made = credit(government=job.government, on=timezone.localdate(), by=job.asked_by, at=timezone.now())
    except PeriodClosed as closed:
        raise WorkRefused(REFUSALS["closed"][english]) from closed
    except BalanceTooLarge as large:
        raise WorkRefused(REFUSALS["too_large"][english]) from large
    rupiah = sum(one.employer_rupiah + one.worker_rupiah + one.return_rupiah for one in made)
    return Outcome({"movements": sum(one.movement_count for one in made), "rupiah": rupiah})
