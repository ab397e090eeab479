"""How this room's fields are sorted (see `access.personal`): what happened to somebody is specific data."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "Case": {
        "told_sealed": mark("claim"),
        "place": PERSONAL,
        **sensitive("event"),
        **plain("reference event_on event_at source state recorded_at"),
    },
    "Fact": {**sensitive("code value"), **plain("recorded_at replaced_at")},
    "Heir": {
        "name": PERSONAL,
        "birth_date": PERSONAL,
        "guardian": PERSONAL,
        "bank": PERSONAL,
        "account_sealed": mark("account"),
        **sensitive("relation school married_or_working"),
        **plain("parts recorded_at replaced_at"),
    },
    "Document": plain("code media_type recorded_at replaced_at"),
    "Benefit": {**sensitive("kind"), **plain("state moved_on")},
    "Move": {"comment": PERSONAL, **plain("state on_day recorded_at")},
    "Assessment": {
        **sensitive("expected_rupiah components reasons"),
        **plain("version due reason citation certainty payer recorded_at"),
    },
    "Answer": {
        "comment": PERSONAL,
        **sensitive("amount_rupiah"),
        **plain("answered_on granted letter difference recorded_at"),
    },
    "Ending": plain("recorded_at"),
    "FamilyReport": {
        "told_sealed": mark("claim"),
        "address_key": PERSONAL,
        **sensitive("event"),
        **plain("reference event_on received_at settled_at"),
    },
    "Payout": {**sensitive("amount_rupiah school_year"), **plain("paid_by paid_on reference recorded_at")},
}
_REDACT = "SELECT claims_redact(%(person)s)"
ERASURE = {
    "FamilyReport": """UPDATE claims_familyreport f SET told_sealed = NULL, address_key = ''
        FROM claims_case c WHERE c.id = f.case_id AND c.person_id = %(person)s AND f.told_sealed IS NOT NULL""",
    **dict.fromkeys(("Case", "Heir", "Move", "Answer"), _REDACT),
    "Document": """UPDATE files_keptfile k SET sealed_content = %(no_content)s, name = %(erased)s
        FROM claims_document d JOIN claims_case c ON c.id = d.case_id
        WHERE c.person_id = %(person)s AND k.id = d.file_id""",
}
"""What was told, whom the family named, and what was said of it go by one function; papers with their content."""
