"""How the fields of jobs are sorted (see `office.access.personal`): arguments and results are ids and counts."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain

FIELDS: Fields = {
    "Job": {
        "file_name": PERSONAL,
        "message": PERSONAL,
        "sealed_input": mark("file"),
        "sealed_output": mark("file"),
        # The result names the file that was made.
        "result": PERSONAL,
        **plain("kind asked_at state step done whole started_at finished_at arguments"),
    },
}

ERASURE = {
    "Job": """UPDATE jobs_job SET sealed_output = NULL, sealed_input = NULL, result = result - 'output_name',
        file_name = '', message = '' WHERE coalesce(arguments ->> 'list_id', result ->> 'list_id')::bigint IN (
            SELECT l.id FROM enrolment_rosterlist l JOIN files_row r ON r.reading_id = l.reading_id
            JOIN registry_evidence e ON e.row_id = r.id WHERE e.person_id = %(person)s)
        OR (arguments ->> 'bill_id')::bigint IN (
            SELECT b.bill_id FROM billing_billline b JOIN registry_membership m ON m.id = b.membership_id
            WHERE m.person_id = %(person)s)""",
}
"""What an erasure takes of this room (see `office.privacy.erasing`): files made of lists and bills that she is in."""
