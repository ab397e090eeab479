"""One person's line of a bill, down to the article of the regulation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.lawbook import step_shown
from payung.doors.web.pages import reader, show
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary_bills import LINE_REASONS
from payung.office.billing import explaining
from payung.office.billing.models import BillLine
from payung.office.places.queries import area_of
from payung.rules.months import Month


@require_safe
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One person's line, down to the article of the regulation."""
    try:
        found = explaining.explained(area_of(reader(request)), line_id, language=language())
    except BillLine.DoesNotExist as missing:
        raise Http404 from missing
    told = found.explanation
    day = told.question.month.last_day
    content = {
        "found": found,
        "told": told,
        "programmes": [
            (name, owed, [step_shown(step, told.doubts, day) for step in owed.steps])
            for name, owed in told.programmes.items()
        ],
        "jkp": [step_shown(step, told.doubts, day) for step in told.jkp],
        "base": _base(found),
        "reason": LINE_REASONS[found.line.reason],
    }
    crumbs = [
        (t("Tagihan iuran"), reverse("bills")),
        (found.bill.number, reverse("bill", kwargs={"bill_id": found.bill.id})),
    ]
    title = t("Iuran {name}", name=found.line.name)
    month = Month.of(found.line.for_month)
    return show(request, "bill_line.html", content, title=title, part="bills", month=month, crumbs=crumbs)


def _base(found: explaining.LineExplained) -> tuple[str, str, str] | None:
    """The agreement's wage base: its amount as published, where it stands, and why it is doubtful."""
    base = found.base
    if base is None:
        return None
    doubt = (base.doubt.en if language() == "en" else base.doubt.id) if base.doubt else ""
    return figures.published_rupiah(base.published), base.citation, doubt
