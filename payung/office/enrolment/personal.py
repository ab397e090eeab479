"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import Fields, plain, sensitive

FIELDS: Fields = {
    "RosterList": plain("kind month received_at"),
    "Plan": plain("version made_at counts applied_at"),
    "PlanItem": {**sensitive("wage_before_rupiah wage_after_rupiah"), **plain("kind reason position")},
    "PaidElsewhere": plain("position fund_kind from_month until_month"),
    "Spell": plain("programmes from_month until_month recorded_at replaced_at"),
}
