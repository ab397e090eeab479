"""How this room's fields are sorted (see `access.personal`): agreements and budgets are about no single person;
the lists of decrees are."""

from payung.office.access.personal import PERSONAL, Fields, plain

WHERE = {"kecamatan_code": PERSONAL, "desa_code": PERSONAL, "segment": PERSONAL}

FIELDS: Fields = {
    "Agreement": plain(
        "kind number title signed_on effective_from effective_until membership_class programmes wage_base"
        " wage_base_place wage_nominal_rupiah wage_base_frozen_at jkk_group parties quota warn_days"  # posts, no names
    ),
    "Addendum": plain(
        "sequence number title signed_on effective_from effective_until quota wage_base wage_base_place"
        " wage_nominal_rupiah wage_base_frozen_at recorded_at"
    ),
    "Attachment": plain("kind attached_at"),
    "CeilingChange": plain("amount_rupiah document decided_on recorded_at"),
    "Fund": plain("kind name"),
    "BudgetLine": plain("year code name ceiling_rupiah heads"),
    "LawReading": plain("reading option from_month confirmed_by recorded_at replaced_at"),  # by a branch's letter
    "Decree": plain("title effective_from effective_until quota quota_by priority"),
    "Slot": plain("number share"),
    "Amendment": plain("sequence number signed_on effective_from version made_at in_force_at"),
    "AmendmentItem": {**WHERE, **plain("kind from_day until_day"), "reason": PERSONAL},
    "Entry": {**WHERE, **plain("from_day until_day recorded_at replaced_at"), "end_reason": PERSONAL},
}
