"""How this room's fields are sorted (see `access.personal`): a comment may speak of somebody."""

from payung.office.access.personal import Fields, plain, replaced

FIELDS: Fields = {
    "Proposal": {"comment": replaced("remark"), **plain("kind made_at state decided_at")},
}
