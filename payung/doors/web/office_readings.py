"""How the reader's own office reads what is doubtful in the law; visitors have no office."""

from django.http import HttpRequest

from payung.doors.web.translation import language
from payung.office.access.models import User
from payung.office.agreements.queries import readings_of
from payung.office.places.queries import NoArea, area_of
from payung.rules.law.readings import DEFAULT_READINGS, Readings, all_readings
from payung.rules.months import Month


def office_readings(request: HttpRequest, month: Month) -> Readings:
    """What the office confirmed for a contribution month; the defaults for everybody without an office."""
    if not isinstance(request.user, User):
        return DEFAULT_READINGS
    try:
        area = area_of(request.user)
    except NoArea:
        return DEFAULT_READINGS
    return readings_of(area.government.pk).on(month)


def otherwise_said(readings: Readings) -> dict[str, str]:
    """The readings that are not the default, by id: the option in words."""
    return {
        name: all_readings()[name].options[option].say(language())
        for name, option in readings.chosen
        if option != all_readings()[name].default
    }
