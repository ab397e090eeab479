"""Agreements and funds are seen within their government, budget lines by their OPD."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, unguard

GUARDS = {
    "agreements_agreement": guard("agreements_agreement", within="true"),
    "agreements_fund": guard("agreements_fund", within="true"),
    "agreements_budgetline": guard(
        "agreements_budgetline",
        own="EXISTS (SELECT 1 FROM agreements_fund f WHERE f.id = fund_id)",
        within=in_opds("opd_id"),
    ),
}


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
