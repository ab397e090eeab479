"""How this room's fields are sorted (see `access.personal`): what is saved tells the wage."""

from payung.office.access.personal import Fields, plain, sensitive

FIELDS: Fields = {
    "Rate": plain("year rate_per_ten_million announced_in recorded_at"),
    "Crediting": plain("year on_day movement_count employer_rupiah worker_rupiah return_rupiah made_at"),
    "Movement": {**sensitive("employer_rupiah worker_rupiah return_rupiah"), **plain("month apportioned")},
}
