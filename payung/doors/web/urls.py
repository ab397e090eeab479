"""Every page: what is not in one of these parts does not open."""

from django.urls import URLPattern

from payung.doors.web.addresses import claims, house, law, lists, money, people, reports, sponsors

urlpatterns: list[URLPattern] = [
    *reports.PAGES,
    *lists.PAGES,
    *people.PAGES,
    *money.PAGES,
    *claims.PAGES,
    *sponsors.PAGES,
    *law.PAGES,
    *house.PAGES,
]

handler400 = "payung.doors.web.views.errors.unreadable"
handler403 = "payung.doors.web.views.errors.forbidden"
handler404 = "payung.doors.web.views.errors.not_found"
handler500 = "payung.doors.web.views.errors.broken"
