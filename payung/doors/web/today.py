"""The first page by role: what changed, what is late, what needs the reader today, the most pressing first.

Each entry is a sentence with the page that shows exactly what it counts. A role reads the entries of its own row in
`FOR_ROLE`; one whose page the reader may not open is not asked. What is decided, and what can still be prevented,
stands beside them (`waiting`, `views.warnings`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from payung.doors.web import figures
from payung.doors.web.rights import allowed
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_inspection import QUESTIONS
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.billing import money
from payung.office.claims import family
from payung.office.claims.models import Benefit
from payung.office.claims.queries import cases, unclaimed_deaths
from payung.office.enrolment.queries import waiting_uploads
from payung.office.places.queries import Area
from payung.office.registry.questions import waiting_rows, waiting_twins
from payung.office.reports import assessment, inspecting
from payung.office.reports.behind import JOINED, LEFT, UNPROVED, changed_since_last
from payung.office.sponsorship.models import Sponsor
from payung.office.sponsorship.opd_months import OpdMonth, overview
from payung.office.sponsorship.queries import newest_circular, own_pledges, pledges_in
from payung.office.submissions.queries import task_counts
from payung.office.verification.queries import decrees, outcomes_in
from payung.rules.months import Month


@dataclass(frozen=True)
class Reader:
    """Who reads the first page: the month that it shows, the day, which OPD sent no list, how many are protected
    without BPJS's proof, and how many rows of the lists a person must decide."""

    user: User
    area: Area
    month: Month
    today: date
    absent: Sequence[str] = ()
    unproved: int = 0
    undecided: int = 0


@dataclass(frozen=True)
class Told:
    """One entry."""

    sentence: str
    href: str


@dataclass(frozen=True)
class Entry:
    """Under which of SECTIONS it stands, the page it needs, and what it tells; nothing when there is nothing."""

    section: str
    needs: str
    tell: Callable[[Reader], Sequence[Told]]


CHANGED, LATE, NEEDED = "changed", "late", "needed"
SECTIONS = (NEEDED, LATE, CHANGED)


def _changed(reader: Reader) -> list[Told]:
    joined, left = changed_since_last(reader.area, reader.month)
    href = reverse("counted") + "?" + urlencode({"bulan": str(reader.month)})
    before = reader.month.shift(-1)
    told = [
        (joined, t("{count} orang baru terlindungi sejak {month}.", count=joined, month=before), JOINED),
        (left, t("{count} orang tidak lagi terlindungi sejak {month}.", count=left, month=before), LEFT),
    ]
    return [Told(sentence, f"{href}&hitung={column}") for count, sentence, column in told if count]


def _absent(reader: Reader) -> list[Told]:
    count = len(reader.absent)
    return [Told(t("{count} OPD belum mengirim daftar.", count=count), "#belum")] if count else []


def _unclaimed(reader: Reader) -> list[Told]:
    count = unclaimed_deaths(reader.area).count()
    href = reverse("claims") + "?belum=klaim"
    return [Told(t("{count} kematian belum diklaim keluarganya.", count=count), href)] if count else []


def _family_reports(reader: Reader) -> list[Told]:
    waiting = family.waits(reader.area, at=timezone.now())
    fresh = waiting.count - waiting.late
    said = t("{count} laporan keluarga baru menunggu dibaca.", count=fresh)
    return [Told(said, reverse("family-reports"))] if fresh else []


def _late_family_reports(reader: Reader) -> list[Told]:
    waiting = family.waits(reader.area, at=timezone.now())
    said = t(
        "{count} laporan keluarga menunggu, yang terlama {days} hari. Telepon pelapornya.",
        count=waiting.late, days=waiting.oldest_days,
    )  # fmt: skip
    return [Told(said, reverse("family-reports"))] if waiting.late else []


def _tasks(reader: Reader) -> list[Told]:
    count = sum(task_counts(reader.area).values())
    said = t("{count} tugas dari jawaban BPJS belum selesai.", count=count)
    return [Told(said, reverse("submission-tasks"))] if count else []


def _gap(reader: Reader) -> list[Told]:
    comparison = assessment.newest(reader.area.government.pk)
    if comparison is None:
        return []
    lines = assessment.by_opd(comparison, reader.area.opd_ids)
    gap, late = assessment.total(lines)["gap"], [line for line in lines if line.state(reader.today) == assessment.LATE]
    told = []
    if gap:
        told.append(t("{count} pegawai belum terlindungi.", count=gap))
    if late:
        told.append(t("{count} OPD melewati tenggat yang diberikan.", count=len(late)))
    return [Told(sentence, reverse("assessment")) for sentence in told]


def _uploads(reader: Reader) -> list[Told]:
    return [
        Told(
            t("{name} menunggu Anda memilih kolomnya.", name=one.file.name),
            reverse("upload-waiting", kwargs={"upload_id": one.pk}),
        )
        for one in waiting_uploads(reader.area)[:3]
    ]


def _undecided(reader: Reader) -> list[Told]:
    href = f"{reverse('counted')}?" + urlencode({"bulan": str(reader.month), "hitung": "waiting"})
    said = t("{count} orang di daftar perlu diputuskan atau diperbaiki.", count=reader.undecided)
    return [Told(said, href)] if reader.undecided else []


def _identities(reader: Reader) -> list[Told]:
    count = waiting_rows(reader.area).count() + waiting_twins(reader.area).count()
    said = t("{count} pertanyaan “Siapa ini?” menunggu jawaban.", count=count)
    return [Told(said, reverse("identities"))] if count else []


def _receipts(reader: Reader) -> list[Told]:
    unknown = money.sums(reader.area.government)["unknown"]
    said = t(
        "{count} pembayaran belum diketahui untuk tagihan mana, {amount}.",
        count=unknown.count, amount=figures.rupiah(unknown.rest_rupiah),
    )  # fmt: skip
    return [Told(said, reverse("receipts") + "?jenis=unknown")] if unknown.count else []


def _consents(reader: Reader) -> list[Told]:
    count = pledges_in(reader.area, waiting=True).count()
    said = t("{count} pernyataan ASN menunggu surat bertanda tangan.", count=count)
    return [Told(said, reverse("pledges"))] if count else []


def _untold_deductions(reader: Reader) -> list[Told]:
    lists = [one for one in _deductions(reader) if one.heads and not one.returned]
    said = t("{count} daftar potongan TPP {month} menunggu hasilnya.", count=len(lists), month=Month.of(reader.today))
    return [Told(said, reverse("deductions"))] if lists else []


def _unpaid_deductions(reader: Reader) -> list[Told]:
    lists = [one for one in _deductions(reader) if one.taken_rupiah and not one.paid_rupiah]
    said = t(
        "{count} OPD sudah memotong TPP {month}, belum dibayarkan.", count=len(lists), month=Month.of(reader.today)
    )
    return [Told(said, reverse("deductions"))] if lists else []


def _deductions(reader: Reader) -> list[OpdMonth]:
    """The OPD that the reader sees in the month that is due now."""
    month = Month.of(reader.today)
    circular = newest_circular(reader.area.government, month)
    return [one for one in overview(circular, month) if reader.area.allows(one.opd_id)] if circular else []


def _questions(reader: Reader) -> list[Told]:
    found = [
        (question, inspecting.total(reader.area.government.pk, question, reader.today).count) for question in QUESTIONS
    ]
    href = reverse("inspection-people")
    return [
        Told(
            t("{title}: {count} orang.", title=t(QUESTIONS[question].title), count=count),
            f"{href}?tanya={question}&hari={reader.today}",
        )
        for question, count in found
        if count
    ]


def _own_pledges(reader: Reader) -> list[Told]:
    own = Sponsor.objects.filter(user=reader.user).first()
    if own is None:
        return []
    told = []
    for one in own_pledges(own, on=reader.today, by=reader.user):
        if one.protected_until and one.protected_until >= reader.today:
            told.append(t("{name} terlindungi sampai {day}.", name=one.worker, day=one.protected_until))
        elif one.state not in ("withdrawn", "ended"):
            told.append(t("{name} belum terlindungi. Lihat apa yang kurang.", name=one.worker))
        if one.owed_rupiah:
            amount = figures.rupiah(one.owed_rupiah)
            told.append(t("{amount} untuk {name} belum terpotong dari TPP.", amount=amount, name=one.worker))
    return [Told(sentence, reverse("pledges")) for sentence in told]


def _unproved(reader: Reader) -> list[Told]:
    href = f"{reverse('counted')}?" + urlencode({"bulan": str(reader.month), "hitung": UNPROVED})
    said = t("{count} orang belum terbukti diposting BPJS untuk {month}.", count=reader.unproved, month=reader.month)
    return [Told(said, href)] if reader.unproved > 0 else []


def _candidates(reader: Reader) -> list[Told]:
    """Those of the reader's villages or OPD whose papers are not whole yet, programme by programme."""
    asked = [(decree, outcomes_in(reader.area, decree).get("ask", 0)) for decree in decrees(reader.area)[:5]]
    return [
        Told(
            t("{count} calon perlu dilengkapi untuk {title}.", count=count, title=decree.title),
            reverse("candidates", kwargs={"decree_id": decree.pk}) + "?hasil=ask",
        )
        for decree, count in asked
        if count
    ]


def _news_of_villages(reader: Reader) -> list[Told]:
    said = t("Kabar bagi orang yang Anda usulkan: siapa sudah terlindungi, siapa belum.")
    return [
        Told(said, reverse("village-status", kwargs={"decree_id": decree.pk})) for decree in decrees(reader.area)[:1]
    ]


def _with_branch(reader: Reader) -> list[Told]:
    """Claims that wait for the branch: handed in, appealed, granted without the money."""
    said = {
        "submitted": word("{count} klaim menunggu jawaban cabang."),
        "appealed": word("{count} keberatan menunggu jawaban cabang."),
        "granted": word("{count} klaim disetujui, uangnya belum diterima keluarga."),
    }
    waiting = Benefit.objects.filter(case__in=cases(reader.area), state__in=said).values_list("state")
    found = dict(waiting.annotate(Count("case", distinct=True)).order_by())
    href = reverse("claims")
    return [Told(t(said[step], count=found[step]), f"{href}?langkah={step}") for step in said if step in found]


def _sheet(reader: Reader) -> list[Told]:
    href = f"{reverse('month-sheet')}?bulan={reader.month}"
    return [Told(t("Lembar kepala daerah {month} siap dibaca dan dicetak.", month=reader.month), href)]


CHANGES = Entry(CHANGED, "counted", _changed)
ABSENT = Entry(LATE, "lists", _absent)
UNCLAIMED = Entry(LATE, "claims", _unclaimed)
REPORTS = (Entry(LATE, "family-reports", _late_family_reports), Entry(NEEDED, "family-reports", _family_reports))
TASKS = Entry(LATE, "submission-tasks", _tasks)
GAP = Entry(LATE, "assessment", _gap)
UPLOADS = Entry(NEEDED, "upload-waiting", _uploads)
UNDECIDED = Entry(NEEDED, "list-row", _undecided)
IDENTITIES = Entry(NEEDED, "identities", _identities)
RECEIPTS = Entry(NEEDED, "receipts", _receipts)
UNTOLD_DEDUCTIONS = Entry(NEEDED, "deductions-return", _untold_deductions)
UNPAID_DEDUCTIONS = Entry(NEEDED, "deductions-pay", _unpaid_deductions)
CONSENTS = Entry(NEEDED, "pledge-consent", _consents)
INSPECTED = Entry(NEEDED, "inspections", _questions)
OWN_PLEDGES = Entry(NEEDED, "pledges", _own_pledges)
UNPROVED_NOW = Entry(LATE, "counted", _unproved)
CANDIDATES = Entry(NEEDED, "candidates", _candidates)
VILLAGES = Entry(CHANGED, "village-status", _news_of_villages)
WITH_BRANCH = Entry(NEEDED, "claims", _with_branch)
MONTH = Entry(NEEDED, "month-sheet", _sheet)
FOR_ROLE: Mapping[str, Sequence[Entry]] = {
    Role.GOVERNMENT_ADMIN.value: (*REPORTS, UNCLAIMED, ABSENT, TASKS, GAP, UPLOADS, UNDECIDED, IDENTITIES, CHANGES),
    Role.OPD_OPERATOR.value: (
        *REPORTS,
        UPLOADS,
        UNDECIDED,
        IDENTITIES,
        CONSENTS,
        UNTOLD_DEDUCTIONS,
        UNCLAIMED,
        ABSENT,
        TASKS,
        GAP,
        CHANGES,
    ),
    Role.TREASURER.value: (RECEIPTS, UNPAID_DEDUCTIONS, UNPROVED_NOW, ABSENT, CHANGES),
    Role.AUDITOR.value: (INSPECTED, UNCLAIMED, GAP, CHANGES),
    Role.BKPSDM.value: (GAP, ABSENT, UNCLAIMED, CHANGES),
    Role.VILLAGE_OFFICER.value: (CANDIDATES, UNCLAIMED, VILLAGES, CHANGES),
    Role.BRANCH_OFFICER.value: (WITH_BRANCH, UNPROVED_NOW, UNCLAIMED, CHANGES),
    Role.SPONSOR.value: (OWN_PLEDGES,),
    Role.HEAD_OF_REGION.value: (MONTH, CHANGES),
}
"""What each role reads, in its order."""


def entries(reader: Reader) -> dict[str, list[Told]]:
    """Section -> what it tells this reader; sections without anything are left out."""
    made: dict[str, list[Told]] = {section: [] for section in SECTIONS}
    for entry in FOR_ROLE.get(reader.user.role, ()):
        if allowed(reader.user, entry.needs):
            made[entry.section] += entry.tell(reader)
    return {section: told for section, told in made.items() if told}
