"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, Fields, plain, sensitive

FIELDS: Fields = {
    "OutsideList": plain("kind told_on received_at"),
    "OutsideRow": {"died_on": PERSONAL, **sensitive("dead decile"), **plain("state differs")},
}
ERASURE = {"OutsideRow": "SELECT outside_redact(%(person)s)"}
