"""How this room's fields are sorted (see `access.personal`): journals are per bill and payment, never per person."""

from payung.office.access.personal import Fields, plain

FIELDS: Fields = {
    "Account": plain("government code name"),
    "Journal": plain("government key booked_on memo recorded_at"),
    "Entry": plain("amount_rupiah"),
    "JournalLink": plain("chain position journal_id link"),
    "Closing": plain("government through closed_at"),
}
