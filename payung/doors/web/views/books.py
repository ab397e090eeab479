"""The ledger as pages: every account's balance and entries, the books closed, all of it as text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.papers import beancount
from payung.doors.web import figures, journals
from payung.doors.web.asked import PAGE_ROWS, after_asked, slice_of
from payung.doors.web.forms.money import CloseForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, attachment, headings
from payung.doors.web.translation import t, word
from payung.office.billing.books import close_books
from payung.office.ledger import queries as ledger
from payung.office.ledger.actions import PeriodClosed
from payung.office.ledger.queries import Moved
from payung.office.places.queries import area_of

ACCOUNTS = (word("Akun"), word("Nama"), word("Debet"), word("Kredit"), word("Saldo"))
ENTRIES: tuple[Field[Moved], ...] = (
    Field("tanggal", word("Tanggal buku"), lambda one: one.booked_on),
    Field("uraian", word("Uraian"), lambda one: one.memo),
    Field("debet", word("Debet"), lambda one: max(one.amount_rupiah, 0), figures=True),
    Field("kredit", word("Kredit"), lambda one: max(-one.amount_rupiah, 0), figures=True),
    Field("saldo", word("Saldo"), lambda one: one.balance_rupiah, figures=True),
)


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """The trial balance; it adds up to nothing. What is evened out stands folded away, and counts in the sums."""
    area = area_of(reader(request))
    standings = ledger.trial_balance(government_id=area.government.pk) if area.opd_ids is None else []
    may = allowed(request.user, "ledger-close")
    content = {
        "whole": area.opd_ids is None,
        "standings": [one for one in standings if one.balance_rupiah],
        "evened": [one for one in standings if not one.balance_rupiah],
        "debit": sum(one.debit_rupiah for one in standings),
        "credit": sum(one.credit_rupiah for one in standings),
        "closed": ledger.closed_through(government_id=area.government.pk),
        "columns": headings(*ACCOUNTS, figures=("Debet", "Kredit", "Saldo")),
        "form": CloseForm() if may else None,
        "refusal": "",
    }
    if request.method == "POST" and request.resolver_match and request.resolver_match.url_name == "ledger-close":
        content |= _close(request)
    return show(request, "ledger.html", content, title=t("Buku besar"), part="ledger")


def _close(request: HttpRequest) -> dict[str, object]:
    """Close the books; what is shown besides then."""
    form, user = CloseForm(request.POST), reader(request)
    if not form.is_valid():
        return {"form": form}
    through = form.cleaned_data["through"]
    if through >= timezone.localdate():
        return {"form": form, "refusal": t("Tanggal ini belum lewat.")}
    try:
        close_books(government=area_of(user).government, through=through, by=user, at=timezone.now())
    except PeriodClosed as closed:
        day = figures.short_date(closed.through)
        return {"form": form, "refusal": t("Buku sudah ditutup sampai {day}.", day=day)}
    return {"closed": through}


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """`?nomor=4`: every entry of an account, each leading to what it books; without one the whole book."""
    area, number = area_of(reader(request)), request.GET.get("nomor", "")
    asked = int(number) if number.isdecimal() and len(number) < 19 and area.opd_ids is None else 0
    found = ledger.account(government_id=area.government.pk, account_id=asked)
    if found is None:
        return redirect("ledger")
    if request.GET.get("unduh"):
        return whole_list(
            request, f"akun-{slugify(found.code)}.xlsx", f"{found.code} · {found.name}", ENTRIES,
            lambda limit: ledger.movements(found, limit=limit),
        )  # fmt: skip
    moved = ledger.movements(found, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    page = slice_of(request, moved, place=lambda one: one.id, start=0)
    content = {
        "account": found,
        "page": page,
        "leads": journals.addresses(one.key for one in page.rows),
        "columns": headings(*(one.label for one in ENTRIES), figures=[one.label for one in ENTRIES if one.figures]),
    }
    crumbs = [(t("Buku besar"), reverse("ledger"))]
    return show(request, "ledger_account.html", content, title=found.name, part="ledger", crumbs=crumbs)


@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """The whole book as a text that bean-check accepts."""
    government = area_of(reader(request)).government
    lines = beancount.lines(
        government.name,
        ledger.journals(government_id=government.pk),
        ledger.closed_through(government_id=government.pk),
    )
    name = f"buku-besar-{slugify(government.code)}.beancount"
    return attachment(name, "\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")
