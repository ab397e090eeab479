"""The family calculator, for everybody: what a family receives, in plain words, on screen and on paper."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.papers.family_pdf import Sheet, family_pdf
from payung.doors.web import figures
from payung.doors.web.families import PROGRAMMES, Event, Support, documents, figure_on, support
from payung.doors.web.forms.family import EVENTS, SCHOOLS, FamilyForm
from payung.doors.web.law_words import CLASSES
from payung.doors.web.lawbook import certainty_said, step_shown
from payung.doors.web.pages import for_everybody, posting, show
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t, word
from payung.rules.law.figures import LawError

UNOFFICIAL = word(
    "Dihitung dari peraturan yang dikutip, bukan keputusan BPJS Ketenagakerjaan. Keputusan ada pada kantor cabangnya."
)


@require_http_methods(["GET", "POST"])
@for_everybody
def family(request: HttpRequest) -> HttpResponse:
    """The questions; posted, the answer below them. Nothing is kept."""
    form, found = _answered(request)
    content: dict[str, object] = {"form": form, "found": found}
    if found:
        content |= _content(found) | {"typed": form.typed()}
    return _page(request, content)


@posting("family")
def paper(request: HttpRequest) -> HttpResponse:
    """The same answer as a PDF to take along; with questions left open, the page again."""
    form, found = _answered(request)
    if found is None:
        return _page(request, {"form": form, "found": None}, status=400)
    sheet = family_pdf(_sheet(found), printed_on=timezone.localdate())
    return attachment("manfaat-keluarga.pdf", sheet, "application/pdf")


def _page(request: HttpRequest, content: dict[str, object], status: int = 200) -> HttpResponse:
    """The questions, with the answer when there is one."""
    title = t("Apa yang diterima keluarga saya?")
    return show(request, "family.html", content | _limits(), title=title, part="family", status=status)


def _limits() -> dict[str, int]:
    """For how many children, and until which age."""
    today = timezone.localdate()
    return {
        "most_children": figure_on("scholarship_counts", "children", today),
        "until_age": figure_on("scholarship_counts", "until-age", today),
    }


def _answered(request: HttpRequest) -> tuple[FamilyForm, Support | None]:
    form = FamilyForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if not form.is_valid():
        return form, None
    typed = form.cleaned_data
    event = Event(
        kind=typed["kejadian"],
        on=typed["tanggal"],
        membership_class=typed["kelas"],
        wage_rupiah=typed["upah"],
        months=typed["lama"],
        balance_rupiah=typed["saldo"],
        children=form.children(),
    )
    try:
        return form, support(event)
    except LawError as refused:
        form.add_error(None, str(refused))
        return form, None


def _content(found: Support) -> dict[str, object]:
    return {
        "facts_told": _facts(found.event),
        "sums": found.sums(),
        "not_paid": [f"{step.name}: {step.formula}." for step in found.explained_away()],
        "children": [[(year, t(SCHOOLS[year.school])) for year in years] for years in found.children()],
        "documents": list(documents(found.event)),
        "deadlines": _deadlines(found),
        "steps_shown": [
            step_shown(step, benefit.doubts, found.event.on)
            for benefit in found.benefits for step in benefit.steps
        ],
        "certainty": certainty_said(found.certainty),
        "condition": condition(),
        "own": found.event.kind == "jkk-total",
    }  # fmt: skip


def _facts(event: Event) -> list[tuple[str, str]]:
    """What was asked, so that a printed page says it."""
    told = [
        (t("Yang terjadi"), t(EVENTS[event.kind])),
        (t("Tanggal kejadian"), figures.short_date(event.on)),
        (t("Pekerjanya"), t(CLASSES[event.membership_class])),
        (t("Iuran yang sudah dibayar"), t("{count} bulan", count=event.months)),
    ]
    if event.wage_rupiah is not None and event.kind != "jkm":
        told.insert(3, (t("Upah atau penghasilan sebulan"), figures.rupiah(event.wage_rupiah)))
    return told


def _deadlines(found: Support) -> list[str]:
    """By when, and how long it takes."""
    event, told = found.event, []
    if event.kind != "jkm":
        told.append(
            t(
                "Kecelakaan dilaporkan kepada BPJS Ketenagakerjaan paling lambat {count} jam.",
                count=figure_on("clocks", "report_hours", event.on),
            )
        )
    told.append(t("Ajukan paling lambat {day}. Sesudah itu haknya gugur.", day=found.claim_until))
    days = figure_on("clocks", f"payout_{PROGRAMMES[event.kind].lower()}_working_days", event.on)
    told.append(t("BPJS Ketenagakerjaan membayar paling lama {count} hari kerja setelah berkas lengkap.", count=days))
    if found.scholarship and found.scholarship.total:
        age = figure_on("scholarship_counts", "until-age", event.on)
        told.append(
            t("Beasiswa diajukan setiap tahun, sampai anak berusia {age} tahun, menikah, atau bekerja.", age=age)
        )
    return told


def _sheet(found: Support) -> Sheet:
    """The paper, in the reader's words."""
    schooling = found.scholarship.total if found.scholarship else 0
    return Sheet(
        language=language(),
        title=t("Apa yang diterima keluarga saya?"),
        facts=_facts(found.event),
        at_once=(t("Dibayar sekaligus"), figures.rupiah(found.at_once_rupiah)),
        sums=[(label, figures.rupiah(amount)) for label, amount in found.sums()],
        notes=[f"{step.name}: {step.formula}." for step in found.explained_away()],
        scholarship=(t("Beasiswa anak, seluruhnya"), figures.rupiah(schooling)),
        columns=[t("Tahun"), t("Umur"), t("Sekolah"), t("Beasiswa")],
        children=[
            (t("Anak ke-{number}", number=number),
             [[str(year.year), str(year.age), t(SCHOOLS[year.school]), figures.rupiah(year.amount_rupiah)]
              for year in years])
            for number, years in enumerate(found.children(), start=1)
        ],
        lists=[
            (t("Yang dibawa"), list(documents(found.event))),
            (t("Sampai kapan"), _deadlines(found)),
            (t("Yang perlu dipastikan"), [condition(), *(doubt.reason for doubt in found.doubts)]),
        ],
        footer=t(UNOFFICIAL),
    )  # fmt: skip


def condition() -> str:
    """Without running cover nothing but savings is paid."""
    return t("Jumlah ini berlaku bila kepesertaannya masih aktif pada hari itu. Tanyakan kepada kantor cabang.")
