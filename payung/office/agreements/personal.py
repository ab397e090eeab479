"""How this room's fields are sorted (see `access.personal`): agreements and budgets are about no single person."""

from payung.office.access.personal import Fields, plain

FIELDS: Fields = {
    "Agreement": plain(
        "kind number title signed_on effective_from effective_until membership_class programmes wage_base"
        " wage_base_place wage_nominal_rupiah wage_base_frozen_at jkk_group"
    ),
    "Fund": plain("kind name"),
    "BudgetLine": plain("year code name ceiling_rupiah heads"),
}
