"""Workers who pay themselves: who they are, what they owe; a new payer is opened and its members listed."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web.asked import month_asked
from payung.doors.web.forms.self_payers import SelfPayerForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, arrange
from payung.doors.web.translation import t, word
from payung.office.agreements.self_payers import SelfPayerRefused, open_self_payer
from payung.office.billing.self_payers import SelfPayer, self_payers
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.months import Month

FIELDS: tuple[Field[SelfPayer], ...] = (
    Field("nama", word("Pembayar"), lambda one: one.name),
    Field("nomor", word("Nomor"), lambda one: one.number),
    Field("orang", word("Orang"), lambda one: one.heads, figures=True),
    Field("sisa", word("Belum dibayar"), lambda one: one.outstanding_rupiah, figures=True),
    Field("sampai", word("Lunas sampai"), lambda one: one.paid_until),
)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Everybody who pays without an office, in a month."""
    area = area_of(reader(request))
    worked = reports.months(area)
    month = month_asked(request) or (worked[0] if worked else Month.of(timezone.localdate()))
    found = [one for one in self_payers(area.government, month) if area.opd_ids is None or one.opd_id in area.opd_ids]
    table = arrange(request, FIELDS, found)
    content = {"columns": table.columns, "payers": table.rows}
    return show(request, "self_payers.html", content, title=t("Peserta mandiri"), part="self-payers", month=month)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The payer, then the list of its members."""
    user, area = reader(request), area_of(reader(request))
    form = SelfPayerForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            line = open_self_payer(
                government=area.government, number=told["number"], name=told["name"], first=told["first"],
                heads=told["heads"], by=user, at=timezone.now(),
            )  # fmt: skip
            return redirect(f"{reverse('list-upload')}?{urlencode({'opd': line.opd_id})}")
        except SelfPayerRefused:
            form.add_error("number", t("Nomor ini sudah dipakai pembayar lain."))
    explanation = t(
        "Untuk pekerja BPU yang membayar iurannya sendiri. Sesudah ini unggah daftar anggota, walau hanya satu orang."
    )
    crumbs = [(t("Peserta mandiri"), reverse("self-payers"))]
    content = {"form": form, "explanation": explanation}
    return show(
        request, "agreement_new.html", content, title=t("Pembayar mandiri baru"), part="self-payers", crumbs=crumbs
    )
