"""In which of the own governments one works: one at a time, kept in the session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from payung.doors.web.pages import reader, show
from payung.doors.web.scope import GOVERNMENT
from payung.doors.web.translation import t
from payung.office.places.queries import area_of, governments_of


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The governments in which something was granted to the reader; the chosen one holds from the next page on."""
    user = reader(request)
    own = governments_of(user)
    if request.method == "POST":
        chosen = request.POST.get("pemda", "")
        if chosen in {str(government.pk) for government in own}:
            request.session[GOVERNMENT] = int(chosen)
        return redirect("home")
    content = {"governments": own, "here": area_of(user).government if own else None}
    return show(request, "governments.html", content, title=t("Pemerintah daerah"))
