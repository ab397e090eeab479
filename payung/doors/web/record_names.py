"""What the rows of settings and reference data are called: whose budget line, which office, which user."""

from collections.abc import Iterable

from django.db.models import CharField, F, Model, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat

from payung.office.access.models import User
from payung.office.access.queries import Change
from payung.office.agreements.models import Agreement, BudgetLine, Decree, Fund, LawReading
from payung.office.places.models import Government, Opd, OpdUnit, PaymentUnit, UserArea


def _joined(*parts: Combinable | str) -> Concat:
    between: list[Combinable] = [F(parts[0]) if isinstance(parts[0], str) else parts[0]]
    for part in parts[1:]:
        between += [Value(" · "), F(part) if isinstance(part, str) else part]
    return Concat(*between, output_field=CharField())


NAMED: dict[str, tuple[type[Model], Combinable]] = {
    "access_user": (User, F("full_name")),
    "agreements_agreement": (Agreement, F("number")),
    "agreements_budgetline": (
        BudgetLine, _joined("year", "name", Coalesce("opd__short_name", Value("–"), output_field=CharField()))
    ),
    "agreements_decree": (Decree, F("title")),
    "agreements_fund": (Fund, F("name")),
    "agreements_lawreading": (LawReading, F("reading")),
    "places_government": (Government, F("name")),
    "places_opd": (Opd, F("short_name")),
    "places_opdunit": (OpdUnit, _joined("opd__short_name", "unit__name")),
    "places_paymentunit": (PaymentUnit, F("name")),
    "places_userarea": (UserArea, F("user__full_name")),
}  # fmt: skip
"""Table that keeps its history -> its rows, and what one of them is called."""
REFERS = {
    "agreement_id": "agreements_agreement",
    "budget_line_id": "agreements_budgetline",
    "fund_id": "agreements_fund",
    "government_id": "places_government",
    "opd_id": "places_opd",
    "unit_id": "places_paymentunit",
    "user_id": "access_user",
}
"""Column -> the table whose row it names."""
Names = dict[tuple[str, int], str]


def names_in(changes: Iterable[Change]) -> Names:
    """What the rows are called that these changes are of or speak of; a row that is gone has no name."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        wanted.setdefault(change.table, set()).add(change.record_id)
        for column, *values in change.columns:
            if column in REFERS:
                wanted.setdefault(REFERS[column], set()).update(one for one in values if isinstance(one, int))
    return {(table, key): name for table, keys in wanted.items() for key, name in _names(table, keys)}


def _names(table: str, keys: set[int]) -> list[tuple[int, str]]:
    model, named = NAMED[table]
    return list(model._default_manager.filter(pk__in=keys).annotate(called=named).values_list("pk", "called"))
