"""What stands in an installation after a fault: facts to compare with an undisturbed run, and what must never be.

Run as a child process, `python -m tests.faults.facts FOLDER`: prints both as JSON. Ids, times and numbers that depend
on the order of the attempts are no facts.
"""

import json
import sys
from pathlib import Path
from typing import Any

import psycopg

from payung.doors.installation.database import opened
from payung.doors.installation.folder import DataFolder

FACTS = {
    "persons": "SELECT count(*) FROM registry_person",
    "spells": "SELECT replaced_at IS NULL, from_month::text, count(*) FROM enrolment_spell GROUP BY 1, 2 ORDER BY 1, 2",
    "lists": "SELECT count(*), count(DISTINCT reading_id) FROM enrolment_rosterlist",
    "rows": "SELECT verdict, count(*) FROM files_row GROUP BY 1 ORDER BY 1",
    "findings": "SELECT code, count(*) FROM files_finding GROUP BY 1 ORDER BY 1",
    "plans": "SELECT state, count(*) FROM approvals_proposal GROUP BY 1 ORDER BY 1",
    "bills": """SELECT state, count(*), sum(heads), sum(line_count), sum(total_rupiah)::bigint
                FROM billing_bill GROUP BY 1 ORDER BY 1""",
    "payments": "SELECT count(*), sum(amount_rupiah)::bigint FROM billing_payment",
    "postings": "SELECT month::text, count(*), sum(amount_rupiah)::bigint FROM billing_posting GROUP BY 1 ORDER BY 1",
    "ledger": """SELECT a.code, count(*), sum(e.amount_rupiah)::bigint FROM ledger_entry e
                 JOIN ledger_account a ON a.id = e.account_id GROUP BY 1 ORDER BY 1""",
    "numbers": """SELECT decreed, registered, active, posted, sum(heads), sum(due_jkk + due_jkm)::bigint
                  FROM reports_tally GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
}
NEVER = {
    "a bill that is not the sum of its lines": """
        SELECT b.number FROM billing_bill b LEFT JOIN billing_billline l ON l.bill_id = b.id
        GROUP BY b.id HAVING b.line_count <> count(l.id)
            OR b.total_rupiah - b.penalty_rupiah <> coalesce(sum(l.total_rupiah), 0)""",
    "a journal that does not sum to zero": """
        SELECT journal_id::text FROM ledger_entry GROUP BY 1 HAVING sum(amount_rupiah) <> 0""",
    "a journal without its link": """
        SELECT key FROM ledger_journal j
        WHERE NOT EXISTS (SELECT 1 FROM ledger_journallink l WHERE l.journal_id = j.id)""",
    "a final bill without its journal": """
        SELECT number FROM billing_bill b WHERE state IN ('final', 'sent') AND total_rupiah <> 0
        AND NOT EXISTS (SELECT 1 FROM ledger_journal j WHERE j.key = 'bill:' || b.id)""",
    "a payment without its journal": """
        SELECT p.id::text FROM billing_payment p WHERE takes_back_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM ledger_journal j WHERE j.key = 'payment:' || p.id)""",
    "more paid than billed": """
        SELECT b.number FROM billing_bill b JOIN billing_payment p ON p.bill_id = b.id
        GROUP BY b.id HAVING sum(p.amount_rupiah) > b.total_rupiah""",
    "a month billed twice for one person": """
        SELECT membership_id || ' ' || for_month FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
        WHERE b.state <> 'void' AND reason = 'regular' GROUP BY membership_id, for_month HAVING count(*) > 1""",
    "a reading with other rows than it counts": """
        SELECT r.id::text FROM files_reading r LEFT JOIN files_row w ON w.reading_id = r.id
        GROUP BY r.id HAVING count(w.id) <>
            (SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(coalesce(r.counts -> 'verdicts', '{}')))""",
    "an applied plan without what it says": """
        SELECT p.id::text FROM enrolment_plan p WHERE p.applied_at IS NOT NULL AND (p.counts ->> 'join')::bigint > 0
        AND NOT EXISTS (SELECT 1 FROM enrolment_spell s WHERE s.plan_id = p.id)""",
    "a spell of a plan that was never applied": """
        SELECT s.id::text FROM enrolment_spell s JOIN enrolment_plan p ON p.id = s.plan_id
        WHERE p.applied_at IS NULL""",
}
"""What no moment may show, however the work was cut short -> the query that finds it."""


def told(folder: Path) -> dict[str, Any]:
    """`facts` by name, and `wrong`: whatever of NEVER is found."""
    with opened(DataFolder(folder)) as addresses, psycopg.connect(addresses.owner) as connection:
        facts = {name: [list(row) for row in connection.execute(query.encode())] for name, query in FACTS.items()}
        wrong = [
            f"{name}: {row[0]}"
            for name, query in NEVER.items()
            for row in connection.execute(query.encode()).fetchall()
        ]
    return {"facts": facts, "wrong": wrong}


if __name__ == "__main__":
    print(json.dumps(told(Path(sys.argv[1])), default=str))
