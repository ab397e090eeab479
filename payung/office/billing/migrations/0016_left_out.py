"""Whom a run left out, and why: kept with the run, seen with the OPD, never changed."""

import django.db.models.deletion
from django.db import migrations, models

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

KEPT = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON billing_leftout
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0011_other_employers"),
        ("billing", "0015_by_month"),
        ("places", "0011_self_payers"),
        ("registry", "0009_villages_by_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("refusal", models.CharField(max_length=40)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                (
                    "agreement",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="agreements.agreement"
                    ),
                ),
                (
                    "government",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="places.government",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="registry.membership"
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="places.opd"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="billing.billrun"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "membership"), name="left_out_once")],
            },
        ),
        migrations.RunSQL(
            KEPT + guard("billing_leftout", within=in_opds("opd_id")) + writers("billing_leftout", "bill"),
            no_writers("billing_leftout") + unguard("billing_leftout") + "DROP TRIGGER append_only ON billing_leftout;",
        ),
    ]
