"""Money that came: the statements taken in, and what waits for a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.forms.money import StatementUpload
from payung.doors.web.money_words import PROPOSED, RECEIPT_KINDS
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.office.billing import money
from payung.office.billing.receipt_models import Statement
from payung.office.places.models import Government
from payung.office.places.queries import area_of

STATEMENTS = (
    word("Berkas"),
    word("Rekening"),
    word("Dari"),
    word("Sampai"),
    word("Transaksi"),
    word("Sudah dikenal"),
    word("Pembayaran"),
    word("Saldo"),
)
RECEIPTS = (
    word("Tanggal"),
    word("Jumlah"),
    word("Sisa"),
    word("Tulisan bank atau bukti"),
    word("Atas nama"),
    word("Mungkin untuk"),
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What came and what is left of it, and the statements it stood on."""
    government = area_of(reader(request)).government
    content = {
        "sums": money.sums(government),
        "statements": money.statements(government)[:PAGE_ROWS],
        "columns": headings(*STATEMENTS, figures=("Transaksi", "Sudah dikenal", "Pembayaran")),
    }
    return show(request, "money.html", content, title=t("Uang & rekening koran"), part="money")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; then a job that takes the statement in."""
    user = reader(request)
    form = StatementUpload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        job = queue.ask(
            "take_in_statement", government=area_of(user).government, by=user, at=timezone.now(),
            arguments={"pays": form.cleaned_data["pays"]}, content=file.read(), file_name=file.name,
        )  # fmt: skip
        return redirect("job", job_id=job.pk)
    crumbs = [(t("Uang & rekening koran"), reverse("money"))]
    title = t("Unggah rekening koran")
    return show(request, "statement_upload.html", {"form": form}, title=title, part="money", crumbs=crumbs)


@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """Payments that came, by what is left of them; those that wait with a guess and its reason."""
    government = area_of(reader(request)).government
    statement = _statement_asked(request, government)
    of_one = statement.pk if statement else None
    sums, bills = money.sums(government, statement_id=of_one), money.bills_to_pay(government)
    kind = word_asked(request, "jenis", money.KINDS) or "unknown"
    after = after_asked(request, start=0)
    found = money.receipts(government, kind, after=after, limit=PAGE_ROWS + 1, statement_id=of_one)
    page = slice_of(request, found, place=lambda one: one.id, start=0)
    choices = [(name, t(label), sums[name].count) for name, label in RECEIPT_KINDS.items()]
    content = {
        "page": page,
        "statement": statement,
        "guesses": {one.id: money.proposal(one, bills) for one in page.rows},
        "reasons": PROPOSED,
        "chips_shown": filter_chips(request, "jenis", choices, kind),
        "columns": headings(*RECEIPTS, figures=("Jumlah", "Sisa")),
    }
    crumbs = [(t("Uang & rekening koran"), reverse("money"))]
    return show(request, "receipts.html", content, title=t("Pembayaran"), part="money", crumbs=crumbs)


def _statement_asked(request: HttpRequest, government: Government) -> Statement | None:
    """`?rekening=3`: only what this statement showed."""
    text = request.GET.get("rekening", "")
    known = text.isdecimal() and len(text) < 19
    return money.statements(government).filter(pk=int(text)).first() if known else None
