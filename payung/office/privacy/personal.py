"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import Fields, plain, replaced

FIELDS: Fields = {
    "Request": {
        "wording": replaced("remark"),
        "answer": replaced("remark"),
        **plain("kind received_at due_at state closed_at"),
    },
}
