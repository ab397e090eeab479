"""Papers of sponsoring: a sponsor's receipt of a year and certificate, the worker's paper, the consent that is kept."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from payung.doors.papers.letterhead import letter_lines, place_and_date
from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, Signature, paper_pdf
from payung.doors.papers.wording import Wording
from payung.doors.web.asked import word_posted
from payung.doors.web.figures import long_month, rupiah, short_date
from payung.doors.web.pages import posting, reader
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary_sponsorship import PLEDGE_STATES
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.files.queries import content as content_of
from payung.office.files.scans import ScanRefused, media_type
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Letterhead
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Pledge, Sponsor
from payung.office.sponsorship.queries import own_pledges, receipt_of
from payung.office.sponsorship.stories import Story, brings, story_of
from payung.office.sponsorship.worth import Worth
from payung.rules.months import Month

YEARS_BACK = 10
CERTIFICATE = "piagam"
PROTECTED = ("confirmed", "in_grace")
"""States of a pledge whose worker is covered today."""


@posting(back="pledge")
def signed(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """The signed consent as it was filed, shown in the window. Opening it is recorded."""
    user = reader(request)
    one = get_object_or_404(Pledge, pk=pledge_id, government=area_of(user).government)
    with whole_government(one.government, by=user):
        if one.consent_file is None:
            raise Http404
        paper = content_of(one.consent_file)
        try:
            kind = media_type(paper)
        except ScanRefused as erased:
            raise Http404 from erased
        record("open_document", subject=f"pledge:{one.pk}", by=user, at=timezone.now(), detail={"code": "consent"})
    response = HttpResponse(paper, content_type=kind)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


@posting(back="pledges")
def receipt(request: HttpRequest) -> HttpResponse:
    """The own receipt of a year, or the certificate."""
    user, today = reader(request), timezone.localdate()
    government = area_of(user).government
    with whole_government(government, by=user):
        sponsor = Sponsor.objects.select_related("opd", "government").filter(user=user, government=government).first()
    if sponsor is None:
        return redirect("pledges")
    years = [str(today.year - back) for back in range(YEARS_BACK)]
    asked = word_posted(request, "tahun", (CERTIFICATE, *years))
    if not asked:
        raise Http404
    return paper_of(sponsor, asked, by=user)


def paper_of(sponsor: Sponsor, asked: str, *, by: User) -> HttpResponse:
    """A sponsor's receipt of the year asked for, or his certificate. The caller knows that he may be seen."""
    today = timezone.localdate()
    with whole_government(sponsor.government, by=by):
        paper = _certificate(sponsor, by, today) if asked == CERTIFICATE else _receipt(sponsor, int(asked), today)
    return attachment(f"{paper_name(asked)}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def paper_name(asked: str) -> str:
    """What the file is called: piagam, or bukti-potongan-2026."""
    return asked if asked == CERTIFICATE else f"bukti-potongan-{asked}"


def _receipt(sponsor: Sponsor, year: int, today: date) -> OfficePaper:
    lines = receipt_of(sponsor.pk, year=year)
    taken = sum(line.taken_rupiah for line in lines)
    columns = [
        Column(t("Bulan"), 40), Column(t("Pekerja")), Column(t("Iuran"), 32, figures=True),
        Column(t("Dipotong"), 32, figures=True),
    ]  # fmt: skip
    return _paper(
        sponsor, today,
        title=t("Bukti potongan TPP"),
        subject=t("Tahun {year}", year=str(year)),
        sheets=[
            Sheet(
                t("Potongan untuk pekerja yang ditanggung"), columns,
                [(long_month(line.month), line.worker, line.due_rupiah, line.taken_rupiah) for line in lines],
                (t("Jumlah"), "", sum(line.due_rupiah for line in lines), taken),
            )
        ],
        amount=(t("Sudah dipotong"), taken),
        notes=[t("Yang dihitung hanya yang benar-benar dipotong dari TPP Anda, menurut laporan OPD.")],
    )  # fmt: skip


def _certificate(sponsor: Sponsor, user: User, today: date) -> OfficePaper:
    carried = [one for one in own_pledges(sponsor, on=today, by=user) if one.state not in ("waiting", "withdrawn")]
    protected = sum(one.state in PROTECTED for one in carried)
    given = sum(one.given_rupiah for one in carried)
    rows = [(one.worker, one.job, long_month(one.from_month), _stands(one.state)) for one in carried]
    columns = [Column(t("Pekerja")), Column(t("Pekerjaan"), 40), Column(t("Sejak"), 32), Column(t("Keadaan"), 44)]
    thanks = t(
        "Terima kasih. Karena Anda, {count} pekerja dan keluarganya "
        "terlindungi bila terjadi kecelakaan kerja atau kematian.", count=protected,
    )  # fmt: skip
    return _paper(
        sponsor, today,
        title=t("Piagam terima kasih"),
        subject=t("ASN peduli pekerja"),
        sheets=[Sheet(t("Pekerja yang ditanggung"), columns, rows)],
        amount=(t("Sudah diberikan"), given),
        declared=[thanks if protected else t("Terima kasih atas iuran yang sudah Anda berikan.")],
    )  # fmt: skip


def _stands(state: str) -> str:
    """Whether the worker is covered today, without the fine print of this month's posting."""
    return t(PLEDGE_STATES["confirmed" if state in PROTECTED else state].text)


@posting(back="pledge")
def of_pledge(request: HttpRequest, pledge_id: int) -> HttpResponse:
    """The worker's paper: what, from when, until when, whom to call."""
    user, today = reader(request), timezone.localdate()
    government = area_of(user).government
    get_object_or_404(Pledge, pk=pledge_id, government=government)
    story = story_of(pledge_id, government=government, on=today, by=user, year=today.year)
    if not story.orders:
        return redirect("pledge", pledge_id=pledge_id)
    with whole_government(government, by=user):
        paper = _for_worker(story, brings(story.pledge, by=user), today)
    return attachment(f"surat-pekerja-{pledge_id}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def _for_worker(story: Story, worth: Worth, today: date) -> OfficePaper:
    standing, sponsor = story.standing, story.pledge.sponsor
    last = standing.until_month
    columns = [Column(t("Bila terjadi"), 60), Column(t("Yang diterima"))]
    return _paper(
        sponsor, today,
        title=t("Anda terlindungi"),
        subject=t("Perlindungan kerja BPJS Ketenagakerjaan"),
        facts=[
            (t("Nama"), standing.worker),
            (t("Iuran dibayar oleh"), f"{sponsor.name}, {sponsor.opd.name}"),
            (t("Terlindungi mulai"), long_month(standing.from_month)),
            (t("Sampai"), long_month(last) if last else t("selama iurannya dipotong tiap bulan")),
            (t("Sudah pasti sampai"), short_date(standing.protected_until)),
        ],
        sheets=[Sheet(t("Yang Anda dan keluarga dapat"), columns, _received(worth, last))],
        notes=[
            t("Anda tidak membayar apa pun. Jangan memberi uang kepada siapa pun untuk perlindungan ini."),
            t(
                "Bila terjadi kecelakaan atau kematian, segera hubungi "
                "{office} atau layanan BPJS Ketenagakerjaan di nomor 175.",
                office=sponsor.opd.name,
            ),
            t("Bila pekerjaan berhenti atau tempat tinggal pindah, beri tahu yang menanggung Anda."),
            *worth.doubts,
        ],
    )  # fmt: skip


def _received(worth: Worth, last: Month | None) -> list[tuple[str, str]]:
    """What happens, and what is received then; the full death benefit only where the last month reaches it."""
    accident = t("Keluarga menerima {amount}.", amount=rupiah(worth.accident_death_rupiah))
    otherwise = t(
        "Keluarga menerima {amount} bila meninggal mulai {month}; sebelumnya {first}.",
        amount=rupiah(worth.death_full_rupiah), month=long_month(worth.full_from),
        first=rupiah(worth.death_first_rupiah),
    )  # fmt: skip
    if last is not None and last < worth.full_from:
        otherwise = t("Keluarga menerima {amount}.", amount=rupiah(worth.death_first_rupiah))
    return [
        (t("Kecelakaan saat bekerja"), t("Biaya berobat ditanggung sesuai peraturan.")),
        (t("Meninggal karena kecelakaan kerja"), accident),
        (t("Meninggal karena sebab lain"), otherwise),
    ]


def _paper(
    sponsor: Sponsor,
    today: date,
    *,
    title: str,
    subject: str,
    sheets: list[Sheet],
    notes: list[str] | None = None,
    declared: list[str] | None = None,
    facts: list[tuple[str, str]] | None = None,
    amount: tuple[str, int] | None = None,
) -> OfficePaper:
    """A paper of the sponsor's OPD under its letterhead."""
    head: Letterhead | None = letterhead_on(sponsor.government_id, sponsor.opd_id, today)
    wording = Wording(language())
    return OfficePaper(
        language=language(),
        government=sponsor.government.name,
        office=sponsor.opd.name,
        letter=letter_lines(head),
        title=title,
        subject=subject,
        footer=t("Dicetak dari Payung"),
        facts=facts or [(t("Penanggung"), sponsor.name), (t("OPD"), sponsor.opd.name)],
        sheets=sheets,
        amount=amount,
        place_and_date=place_and_date(head, today, wording),
        signatures=[Signature(head.officer_post, head.officer_name, head.officer_number)]
        if head
        else [Signature(t("Kepala OPD"))],
        notes=notes or [],
        declared=declared or [],
    )
