"""How this room's fields are sorted (see `access.personal`). Of people there are opaque ids and amounts only."""

from payung.office.access.personal import Fields, plain, sensitive

FIELDS: Fields = {
    "CountedMonth": plain("month heads counted_at"),
    "Tally": plain(
        "month kecamatan_code desa_code segment programmes decreed registered active posted why_registered why_active"
        " why_posted heads due_jkk due_jkm due_jht due_jp posted_jkk posted_jkm posted_jht posted_jp billed_rupiah"
        " paid_rupiah"
    ),
    "Minutes": plain("first_month last_month content sha256 made_at"),
    "Head": sensitive("due_rupiah posted_rupiah"),
}
