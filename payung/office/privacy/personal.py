"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain

FIELDS: Fields = {
    "Request": {
        "wording": PERSONAL,
        "answer": PERSONAL,
        **plain("kind received_at due_at state closed_at warned_at"),
    },
    "Correction": {
        "old_sealed": mark("correction"),
        "new_sealed": mark("correction"),
        **plain("field holds_from recorded_at applied_at"),
    },
}
