"""The user guide inside the application: what a role does between the 1st and the 15th, step by step."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web.asked import filter_chips, word_asked
from payung.doors.web.guidebook import guides, stands
from payung.doors.web.navigation import label_of
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary_users import ROLES
from payung.office.access.roles import Role


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """`?peran=treasurer`: the guide of a role, without it the reader's own. Links lead where the reader may go."""
    user = reader(request)
    role = Role(word_asked(request, "peran", tuple(ROLES)) or user.role)
    found, told = guides()[role], language()
    content = {
        "roles": filter_chips(request, "peran", [(one.value, t(ROLES[one.value]), None) for one in Role], role.value),
        "intro": found.intro[told],
        "steps": [
            (
                step,
                step.do[told],
                reverse(step.page) if allowed(user, step.page) else "",
                label_of(step.page),
                step.picture if stands(step.picture) else "",
            )
            for step in found.steps
        ],
    }
    return show(request, "guide.html", content, title=t("Panduan: {role}", role=t(ROLES[role.value])), part="guide")
