"""How this room's fields are sorted (see `access.personal`)."""

from collections.abc import Mapping

from payung.office.access.personal import Fields, mark, plain, sensitive

FIELDS: Fields = {
    "RosterList": plain("kind month received_at layout_ids"),
    # Headings and letters of columns, and which field they are.
    "ConfirmedLayout": plain("fingerprint content confirmed_at replaced_at"),
    "WaitingUpload": {"sealed_proposal": mark("proposal"), **plain("kind month received_at settled_at")},
    "Mend": {
        "old_sealed": mark("mend"),
        "new_sealed": mark("mend"),
        **plain("position column field made_at replaced_at"),
    },
    "ListChange": plain("kind position fields"),
    "Plan": plain("version made_at counts applied_at"),
    "PlanItem": {**sensitive("wage_before_rupiah wage_after_rupiah"), **plain("kind reason position")},
    "MonthlySheet": plain("month made_at"),
    "MonthlyLine": {**sensitive("wage_rupiah"), **plain("number")},
    "MonthlyReturn": plain("unchanged left_out accepted chosen_at"),
    "Change": plain("kind on_day"),
    "PaidElsewhere": plain("position fund_kind from_month until_month"),
    "PayerDecision": plain("moves from_month document made_at"),
    "PaidBefore": plain("since_day until_month recorded_at"),
    "Spell": plain("programmes from_month until_month recorded_at replaced_at"),
}
ERASURE: Mapping[str, str] = {
    "WaitingUpload": """UPDATE enrolment_waitingupload w SET sealed_proposal = NULL
        FROM files_reading g JOIN files_row r ON r.reading_id = g.id
        WHERE r.id IN (SELECT row_id FROM registry_evidence WHERE person_id = %(person)s)
          AND w.file_id = g.file_id""",
    "Mend": "SELECT enrolment_redact_mends(%(person)s)",
}
