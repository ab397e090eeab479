"""The programme of a month in one look, and what waits for the reader."""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.models import Job
from payung.doors.web import figures
from payung.doors.web.asked import Known, known_asked, month_asked, month_chips
from payung.doors.web.components import Reason, Stage
from payung.doors.web.navigation import entries
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, arrange, workbook
from payung.doors.web.today import CHANGED, LATE, NEEDED, Reader
from payung.doors.web.today import entries as entries_of
from payung.doors.web.translation import t, word
from payung.doors.web.views.counted import OF_LISTS
from payung.doors.web.views.warnings import on_first_page
from payung.doors.web.vocabulary import JOB_KINDS
from payung.doors.web.vocabulary_users import ROLES
from payung.doors.web.waiting import tasks
from payung.office.access.roles import Deed, Role, may
from payung.office.agreements.models import Agreement
from payung.office.billing import queries as billing
from payung.office.billing.queries import BillHead
from payung.office.places.queries import Area, area_of, colleagues
from payung.office.reports import queries as reports
from payung.office.reports.behind import UNPROVED
from payung.office.reports.queries import OpdLine, Programme
from payung.rules.months import Month

FIELDS: tuple[Field[OpdLine], ...] = (
    Field("opd", word("OPD"), lambda line: line.opd),
    Field("terdaftar", word("Di daftar"), lambda line: line.listed, figures=True),
    Field("menunggu", word("Perlu diputuskan"), lambda line: line.waiting, figures=True),
    Field("ditolak", word("Ditolak"), lambda line: line.rejected, figures=True),
    Field("terlindungi", word("Terlindungi"), lambda line: line.protected, figures=True),
    Field("ditagih", word("Ditagih"), lambda line: line.billed_rupiah, figures=True),
    Field("dibayar", word("Dibayar"), lambda line: line.paid_rupiah, figures=True),
    Field("terposting", word("Terposting"), lambda line: line.posted, figures=True),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The month that is asked for, else the newest one with work in it; who may not see it is told what to see."""
    area = area_of(reader(request))
    if not may(reader(request), Deed.SEE_PROGRAMME):
        return _welcome(request, area)
    months = reports.months(area)
    month = month_asked(request) or (months[0] if months else Month.of(timezone.localdate()))
    then = known_asked(request)
    programme = reports.programme(area, month, known_at=then.at)
    if request.GET.get("unduh"):
        title = t("Program Jamsostek, {month}", month=month)
        if then.day:
            title = t("Program Jamsostek, {month}, seperti diketahui pada {day}", month=month, day=then.day)
        return workbook(f"program-{month}.xlsx", title, FIELDS, programme.lines)
    table = arrange(request, FIELDS, [line for line in programme.lines if any(_counts(line))])
    waiting = tasks(reader(request), area=area, at=timezone.now())
    absent = [line.opd for line in programme.lines if not any(_counts(line))]
    told = entries_of(_as_reader(request, area, month, programme, absent)) if not then.day else {}
    content = {
        "months_shown": month_chips(request, months, month),
        "begun": bool(months),
        "agreed": bool(months) or Agreement.objects.filter(government=area.government).exists(),
        "then": then,
        "programme": programme,
        "columns": table.columns,
        "lines": table.rows,
        "absent": absent,
        "finding": _finding(programme),
        "stages": _stages(programme, partial(_behind, request, month, then)),
        "decisions": len(waiting),
        "waiting": [(task.sentence, task.subject.href) for task in waiting]
        + _to_pay(request, area)
        + [(one.sentence, one.href) for one in told.get(NEEDED, ())],
        "late": told.get(LATE, ()),
        "changed": told.get(CHANGED, ()),
        "running": _running(request),
        "warnings": on_first_page(request),
    }
    return show(request, "home.html", content, title=t("Program Jamsostek"), part="home", month=month)


def _welcome(request: HttpRequest, area: Area) -> HttpResponse:
    """For a role that sees nothing of the programme: its pages, and whom to ask for more."""
    user = reader(request)
    admins = [
        one.user.full_name
        for one in colleagues(area.government)
        if one.user.is_active and one.user.role == Role.GOVERNMENT_ADMIN.value
    ]
    pages = [(t(entry.label), entry.href) for entry in entries(user, "home") if entry.href != request.path]
    today = timezone.localdate()
    told = entries_of(Reader(user, area, Month.of(today), today)).get(NEEDED, ())
    content = {"role": t(ROLES[user.role]), "pages": pages, "admins": admins[:5], "told": told}
    return show(request, "welcome.html", content, title=t("Beranda"), part="home")


def _counts(line: OpdLine) -> tuple[int, ...]:
    return (line.listed, line.protected, line.billed_rupiah, line.posted)


def _finding(programme: Programme) -> tuple[str, str]:
    """The month in one sentence, and its tone."""
    protected, posted = programme.total("protected"), programme.total("posted")
    if not protected:
        return "info", t("Belum ada orang yang terlindungi pada bulan ini.")
    if posted >= protected:
        return "proof", t("Semua {count} orang yang terlindungi sudah terbukti diposting BPJS.", count=protected)
    if not posted:
        return "wait", t("{count} orang terlindungi menurut rencana; belum ada bukti posting BPJS.", count=protected)
    missing = protected - posted
    return "wait", t("{count} dari {whole} orang belum terbukti diposting BPJS.", count=missing, whole=protected)


def _as_reader(request: HttpRequest, area: Area, month: Month, programme: Programme, absent: list[str]) -> Reader:
    unproved = programme.total("protected") - programme.total("posted")
    return Reader(reader(request), area, month, timezone.localdate(), absent, unproved, programme.total("waiting"))


def _behind(request: HttpRequest, month: Month, then: Known, column: str) -> str:
    """The list behind a count, where the reader may open it."""
    if not allowed(request.user, "counted") or (column in OF_LISTS and not allowed(request.user, "lists")):
        return ""
    told = {"bulan": str(month), "hitung": column, "diketahui": then.text}
    return f"{reverse('counted')}?{urlencode({name: text for name, text in told.items() if text})}"


def _stages(programme: Programme, behind: Callable[[str], str]) -> list[Stage]:
    """From the offices' lists to BPJS's proof, in heads; each step with the reasons why it is smaller."""
    listed, protected, posted = (programme.total(name) for name in ("listed", "protected", "posted"))
    waiting, rejected = programme.total("waiting"), programme.total("rejected")
    unapplied, again, carried = (programme.total(name) for name in ("unapplied", "again", "carried"))
    ended = programme.total("ended")
    other = listed - waiting - rejected - unapplied - again - ended + carried - protected
    reasons = [
        Reason(t("perlu diputuskan"), -waiting, behind("waiting")),
        Reason(t("tidak dapat didaftarkan"), -rejected, behind("rejected")),
        Reason(t("rencana belum diterapkan"), -unapplied, behind("unapplied")),
        Reason(t("sudah berakhir: meninggal atau berhenti"), -ended, behind("ended")),
        Reason(t("di dua daftar, karena dibayar menurut dua perjanjian"), -again, behind("again")),
        Reason(t("ditanggung ASN, tanpa daftar OPD"), carried, behind("carried")),
        Reason(t("terlindungi tanpa ada di daftar terakhir") if other < 0 else t("belum ada alasannya"), -other),
    ]
    missing = Reason(t("belum terbukti"), posted - protected, behind(UNPROVED))
    return [
        Stage(t("Di daftar"), listed, behind("listed")),
        Stage(t("Terlindungi"), protected, behind("protected"), reasons=[reason for reason in reasons if reason.count]),
        Stage(t("Terposting"), posted, behind("posted"), reasons=[missing] if missing.count else []),
    ]


def _to_pay(request: HttpRequest, area: Area) -> list[tuple[str, str]]:
    """The unpaid months, for those who pay: sentence and link."""
    return _unpaid(area) if allowed(reader(request), "bill-pay") else []


def _unpaid(area: Area) -> list[tuple[str, str]]:
    """One sentence for each month with bills that are not fully paid."""
    by_month: dict[date, list[BillHead]] = {}
    for bill in billing.bills(area):
        if bill.outstanding_rupiah > 0:
            by_month.setdefault(bill.month, []).append(bill)
    return [
        (
            t(
                "{count} tagihan {month} belum lunas, sisa {amount}, jatuh tempo {day}.",
                count=len(bills),
                month=Month.of(month),
                amount=figures.rupiah(sum(bill.outstanding_rupiah for bill in bills)),
                day=min(bill.due_on for bill in bills),
            ),
            f"{reverse('bills')}?bulan={Month.of(month)}",
        )
        for month, bills in sorted(by_month.items())
    ]


def _running(request: HttpRequest) -> list[tuple[str, str]]:
    """Long work of the reader that has not ended yet."""
    jobs = Job.objects.filter(asked_by=reader(request), state__in=[Job.QUEUED, Job.RUNNING]).order_by("-asked_at")
    return [
        (" ".join([t(JOB_KINDS[job.kind]), job.file_name]), reverse("job", kwargs={"job_id": job.pk}))
        for job in jobs.defer("sealed_input", "sealed_output")[:5]
    ]
