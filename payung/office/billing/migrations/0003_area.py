"""A bill is seen with its budget line, a line and its posting with their OPD."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, unguard

GUARDS = {
    "billing_bill": guard(
        "billing_bill", within="EXISTS (SELECT 1 FROM agreements_budgetline l WHERE l.id = budget_line_id)"
    ),
    "billing_billline": guard("billing_billline", within=in_opds("opd_id")),
    "billing_payment": guard("billing_payment", within="EXISTS (SELECT 1 FROM billing_bill b WHERE b.id = bill_id)"),
    "billing_posting": guard("billing_posting", within="payung_membership_in_area(membership_id)"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0002_promises"),
        ("places", "0002_area"),
        ("agreements", "0002_area"),
        ("registry", "0003_area"),
    ]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
