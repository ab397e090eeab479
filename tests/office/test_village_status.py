"""Back to the villages: each person one state, with the first reason."""

import polars as pl

from payung.office.reports.funnel import STEPS
from payung.office.reports.village_status import statuses

PEOPLE = [
    {"name": "confirmed", "state": "confirmed"},
    {"name": "in grace", "state": "in_grace"},
    {"name": "lapsed", "state": "lapsed", "why_active": "lapsed"},
    {"name": "planned", "state": "planned"},
    {"name": "too old", "state": None, "why_valid": "too_old", "why_decreed": "waiting"},
    {"name": "waiting", "state": None, "why_decreed": "waiting"},
    {"name": "nothing said", "state": None},
]


def test_everybody_has_one_state_and_the_first_reason_on_the_way() -> None:
    schema = dict.fromkeys(("name", "state", *(f"why_{step}" for step in STEPS)), pl.String)
    found = statuses(pl.DataFrame(PEOPLE, schema=schema))
    assert found.select("name", "status", "why").rows() == [
        ("confirmed", "active", None),
        ("in grace", "arrears", "in_grace"),
        ("lapsed", "arrears", "lapsed"),
        ("planned", "not_yet", "planned"),
        ("too old", "not_yet", "too_old"),
        ("waiting", "not_yet", "waiting"),
        ("nothing said", "not_yet", None),
    ]
