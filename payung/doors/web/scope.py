"""Each page is one transaction in which the database shows what its user may see."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from payung.doors.web.address import client_address
from payung.office.access.models import User
from payung.office.places.queries import NoArea
from payung.office.places.scope import coming_from, seen_by, seen_by_nobody

GetResponse = Callable[[HttpRequest], HttpResponse]
GOVERNMENT = "government"
"""Where the session keeps in which of his governments the reader works."""


class ScopeMiddleware:
    """Tells the database who is looking, and from where. Without an area the page goes on and finds nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(f"web {client_address(request)}"):
            return self._seen(request)

    def _seen(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            try:
                with seen_by(request.user, government_id=request.session.get(GOVERNMENT)):
                    return self._answer(request)
            except NoArea:
                pass  # such a user sees what nobody sees
        with seen_by_nobody():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:  # a fault became a page: nothing of it may stay
            transaction.set_rollback(True)
        return response
