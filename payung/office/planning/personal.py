"""How this room's fields are sorted (see `access.personal`): of people there are counts only."""

from payung.office.access.personal import Fields, plain

FIELDS: Fields = {
    "Scenario": plain(
        "title first_month last_month fund_kind membership_class programmes wage_base wage_base_place wage_rupiah"
        " jkk_group counted_at turn_rule groups budgets budget_code deaths_per_million accidents_per_million"
        " accident_mean_rupiah rates_source made_at replaced_at"
    ),
}
