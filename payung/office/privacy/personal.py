"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, Fields, plain

FIELDS: Fields = {
    "Request": {
        "wording": PERSONAL,
        "answer": PERSONAL,
        **plain("kind received_at due_at state closed_at"),
    },
}
