"""SIGKILL in the middle of apply, of billing, of making bills final: nothing half done; the same command completes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from payung.office.billing.models import Bill, BillLine, BillRun
from payung.office.enrolment.models import Spell
from payung.office.ledger import queries as ledger
from payung.office.places.scope import whole_government
from payung.office.registry.models import Evidence, Job, Membership, Person
from tests.office.cast import Cast, approve, approved, call_cast, hand_in, people

ROOT = Path(__file__).resolve().parents[2]
HEADS = 400
pytestmark = pytest.mark.django_db(transaction=True)


def child(action: str, plan_id: int, die_at: int) -> subprocess.CompletedProcess[str]:
    """One action in its own process, killed at its `die_at`-th write (0: left alone)."""
    environment = os.environ | {
        "DATABASE_URL": os.environ["PAYUNG_TEST_SERVING"],
        "DATABASE_OWNER_URL": os.environ["PAYUNG_TEST_OWNER"],
        "PAYUNG_IDENTITY_KEY": settings.PAYUNG_KEY_RING.spell(),
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.office.killed_child", action, str(plan_id), str(die_at)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def stored(cast: Cast) -> tuple[int, ...]:
    with whole_government(cast.government):
        rows = tuple(model.objects.count() for model in (Person, Membership, Job, Spell, Evidence, Bill, BillLine))
        return (*rows, Bill.objects.filter(state=Bill.FINAL).count())


def balances(cast: Cast) -> dict[str, int]:
    with whole_government(cast.government):
        return ledger.balances(government_id=cast.government.pk)


def die_everywhere(cast: Cast, plan_id: int, action: str, done: tuple[int, ...]) -> None:
    """Kill the action at its first, second, third ... write until it survives; then look at what it left."""
    before, booked, kills = stored(cast), balances(cast), 0
    while (result := child(action, plan_id, kills + 1)).returncode == -signal.SIGKILL:
        kills += 1
        assert (stored(cast), balances(cast)) == (before, booked), (
            f"killed at write {kills}, and something was left half done"
        )
    assert result.returncode == 0, result.stderr[-2000:]
    assert kills >= 3, "the action must have been killed in its middle"
    assert kills == int(result.stdout)
    assert stored(cast) == done


def test_apply_and_billing_are_whole_or_nothing() -> None:
    with transaction.atomic():
        cast = call_cast()
        plan = approved(cast, hand_in(cast, cast.heading(cast.works), people(HEADS)))
    die_everywhere(cast, plan.pk, "apply", (HEADS,) * 5 + (0, 0, 0))
    assert balances(cast) == {}
    die_everywhere(cast, plan.pk, "bill", (HEADS,) * 5 + (1, HEADS, 0))
    assert balances(cast) == {}, "a draft posts nothing"
    with whole_government(cast.government):
        run = BillRun.objects.select_related("proposal").get()
    approve(cast, run.proposal, by=cast.admin)
    die_everywhere(cast, run.pk, "finalise", (HEADS,) * 5 + (1, HEADS, 1))
    assert sum(balances(cast).values()) == 0 and balances(cast)["beban:iuran:APBD"] == HEADS * 9_944
