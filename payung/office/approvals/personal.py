"""How this room's fields are sorted (see `access.personal`): a comment may speak of somebody."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain

FIELDS: Fields = {
    "Proposal": {
        "comment": PERSONAL,
        **plain("kind amount_rupiah version made_at state decided_at"),
    },
    "Statement": {"comment": PERSONAL, **plain("version step verdict at")},
    "Step": plain("kind number needed"),
    "Decider": plain("limit_rupiah"),
    "Delegation": plain("kind first_day last_day recorded_at replaced_at"),
    "Freeze": plain("kind first_day last_day reason recorded_at replaced_at"),
    "Mailbox": {"address_sealed": mark("email"), **plain("wanted")},
}
