"""How this room's fields are sorted (see `access.personal`), and what an erasure takes from them."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "Submission": plain("month version reopened_because made_at"),
    "SubmissionStep": plain("state period happened_on recorded_at"),
    "Reply": plain("kind told_on recorded_at"),
    "Item": {**sensitive("wage_rupiah"), **plain("kind file_number position on_day outcome settled_at")},
    "ReplyRow": {
        **dict.fromkeys(("name", "birth_date", "reason"), PERSONAL),
        "nik_sealed": mark("nik"),
        "kpj_sealed": mark("kpj"),
        **sensitive("wage_rupiah"),
        **plain("row found_by issued_on differs"),
    },
    "CorrectionAsked": plain("fields asked_at"),
    "Task": plain("kind due_on made_at settled_at"),
    "UnitSetting": plain("name value recorded_at replaced_at"),
    "Particular": {"value_sealed": mark("particular"), **plain("field recorded_at")},
}
ERASURE = {
    "ReplyRow": """UPDATE submissions_replyrow SET name = %(erased)s, birth_date = NULL, nik_sealed = NULL,
        kpj_sealed = NULL, reason = '' WHERE nik_sealed = ANY(%(niks)s::bytea[])
        OR membership_id IN (SELECT id FROM registry_membership WHERE person_id = %(person)s)""",
    "Particular": "UPDATE submissions_particular SET value_sealed = NULL WHERE person_id = %(person)s",
}
