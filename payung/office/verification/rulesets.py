"""The rules of a decree: set, and as they are in force."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Decree
from payung.office.verification.models import ProgrammeRule
from payung.rules.eligibility.checking import Term
from payung.rules.eligibility.priority import KEYS
from payung.rules.eligibility.terms import Rule, complete


def rules_of(decree: Decree) -> tuple[Rule, ...]:
    """The rules in force, in the order in which they decide; where nothing is said of places, the whole government."""
    stored = ProgrammeRule.objects.filter(decree=decree, replaced_at__isnull=True)
    return complete(_rule(one, decree) for one in stored)


def _rule(stored: ProgrammeRule, decree: Decree) -> Rule:
    parameters = dict(stored.parameters)
    if stored.code == "domicile" and not parameters.get("codes"):
        parameters["codes"] = [decree.government.code]
    return Rule(stored.code, parameters, stored.severity)  # type: ignore[arg-type]  # held by a check constraint


def term_of(decree: Decree) -> Term:
    """The decree's days."""
    return Term(decree.effective_from, decree.effective_until)


@transaction.atomic
def set_rules(*, decree: Decree, rules: Sequence[Rule], by: User, at: datetime) -> None:
    """These rules from now on; what is no longer said is replaced by nothing. Unchanged ones stay as they are."""
    require(by, Deed.VERIFY_CANDIDATE)
    stored = {one.code: one for one in ProgrammeRule.objects.filter(decree=decree, replaced_at__isnull=True)}
    wanted = {rule.code: rule for rule in complete(rules)}
    for code, one in stored.items():
        rule = wanted.get(code)
        if rule is not None and (dict(rule.parameters), rule.severity) == (one.parameters, one.severity):
            del wanted[code]
        else:
            ProgrammeRule.objects.filter(pk=one.pk).update(replaced_at=at)
    ProgrammeRule.objects.bulk_create(
        ProgrammeRule(
            government=decree.government,
            decree=decree,
            code=rule.code,
            parameters=dict(rule.parameters),
            severity=rule.severity,
            recorded_at=at,
        )
        for rule in wanted.values()
    )
    record("set_rules", subject=f"decree:{decree.pk}", by=by, at=at, detail={"rules": sorted(wanted)})


@transaction.atomic
def set_priority(*, decree: Decree, order: Sequence[str], by: User, at: datetime) -> None:
    """Who comes first when places are few. Raises ValueError for an unknown key."""
    require(by, Deed.VERIFY_CANDIDATE)
    if unknown := set(order) - set(KEYS):
        raise ValueError(f"no such order: {', '.join(sorted(unknown))}")
    decree.priority = list(dict.fromkeys(order))
    decree.save(update_fields=["priority"])
    record("set_priority", subject=f"decree:{decree.pk}", by=by, at=at, detail={"order": decree.priority})
