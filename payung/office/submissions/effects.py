"""What a reply changes: items are settled, numbers reach the memberships, and what remains to be done is a task.

Every statement asks for open items and empty numbers only: carried out again, it changes nothing.
"""

from datetime import datetime

from payung.office import bulk
from payung.office.submissions.models import Item, Reply, Task
from payung.rules.law.clocks import Holidays, hand_over_by

_ROWS = "submissions_replyrow r WHERE r.reply_id = %(reply)s AND r.membership_id = i.membership_id"
"""The row of the reply that speaks of an item."""
_FAILED = f"""
    UPDATE submissions_item i SET outcome = 'refused', settled_at = %(at)s, reply_id = %(reply)s FROM {_ROWS}
    AND i.unit_id = %(unit)s AND i.outcome = ''
"""  # noqa: S608  # our own words, values are parameters
_TAKEN = f"""
    UPDATE submissions_item i SET outcome = 'taken', settled_at = %(at)s, reply_id = %(reply)s FROM {_ROWS}
    AND i.unit_id = %(unit)s AND i.outcome = '' AND i.kind IN ('new', 'continuing', 'group')
    AND (r.kpj_sealed IS NOT NULL OR %(members)s)
"""  # noqa: S608  # our own words, values are parameters
_SAME_WAGE = f"""
    UPDATE submissions_item i SET outcome = 'taken', settled_at = %(at)s, reply_id = %(reply)s FROM {_ROWS}
    AND i.unit_id = %(unit)s AND i.outcome = '' AND i.kind = 'wage' AND r.wage_rupiah = i.wage_rupiah
"""  # noqa: S608  # our own words, values are parameters
_NUMBERS = """
    UPDATE registry_membership m SET kpj_sealed = coalesce(m.kpj_sealed, r.kpj_sealed),
           number_issued_on = coalesce(m.number_issued_on, r.issued_on, %(issued)s)
    FROM submissions_replyrow r
    WHERE r.reply_id = %(reply)s AND r.membership_id = m.id AND r.kpj_sealed IS NOT NULL
      AND (m.kpj_sealed IS NULL OR m.kpj_sealed = r.kpj_sealed)
      AND (m.kpj_sealed IS NULL OR (m.number_issued_on IS NULL AND coalesce(r.issued_on, %(issued)s) IS NOT NULL))
"""
_TASKS = """
    INSERT INTO submissions_task (government_id, unit_id, item_id, membership_id, opd_id, kind, due_on, made_at)
    SELECT i.government_id, i.unit_id, i.id, i.membership_id, i.opd_id, k.kind, k.due_on, %(at)s
    FROM submissions_item i CROSS JOIN unnest(%(kinds)s::text[], %(due)s::date[]) AS k (kind, due_on)
    WHERE i.reply_id = %(reply)s AND i.outcome = %(outcome)s AND i.kind = ANY(%(of)s)
    ON CONFLICT DO NOTHING
"""
_CORRECTED = f"""
    UPDATE submissions_item i SET outcome = 'taken', settled_at = %(at)s, reply_id = %(reply)s FROM {_ROWS}
    AND i.unit_id = %(unit)s AND i.outcome = '' AND i.kind = 'correction'
    AND NOT r.differs && ARRAY['nik', 'name', 'birth_date']::varchar[]
"""  # noqa: S608  # our own words, values are parameters
ALL = ["new", "continuing", "wage", "leaver", "group", "group_leaver", "correction"]
NUMBERED = ["new", "group"]
"""Kinds of which the worker gets a card."""


def of_reply(reply: Reply, *, holidays: Holidays, at: datetime) -> tuple[int, int]:
    """Carry a reply out; returns how many items it settled and how many memberships got a number or its day.

    For numbers the day of issue is the row's, else the reply's; a list of members issues nothing, so there only the
    row's own day counts.
    """
    asked = {"reply": reply.pk, "unit": reply.unit_id, "at": at, "members": reply.kind == Reply.MEMBERS}
    if reply.kind == Reply.FAILED:
        settled = bulk.execute(_FAILED, asked)
        _add_tasks(reply, [(Task.FIX, None)], Item.REFUSED, ALL, at)
        return settled, 0
    settled = bulk.execute(_TAKEN, asked)
    if reply.kind == Reply.MEMBERS:
        settled += bulk.execute(_SAME_WAGE, asked) + bulk.execute(_CORRECTED, asked)
    issued = reply.told_on if reply.kind == Reply.NUMBERS else None
    numbers = bulk.execute(_NUMBERS, {**asked, "issued": issued})
    card_by = hand_over_by(reply.told_on, holidays).value
    _add_tasks(reply, [(Task.CARD, card_by), (Task.TELL, card_by)], Item.TAKEN, NUMBERED, at)
    return settled, numbers


def _add_tasks(reply: Reply, tasks: list[tuple[str, object]], outcome: str, kinds: list[str], at: datetime) -> None:
    bulk.execute(
        _TASKS,
        {
            "reply": reply.pk, "at": at, "outcome": outcome, "of": kinds,
            "kinds": [kind for kind, _ in tasks], "due": [due for _, due in tasks],
        },
    )  # fmt: skip
