"""An office that begins in the middle: what was paid before is told once and never changed."""

import django.db.models.deletion
from django.db import migrations, models

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "enrolment_paidbefore"
PROMISES = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT paid_before_not_empty CHECK (
    until_month >= date_trunc('month', since_day::timestamp) AND extract(day FROM until_month) = 1);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = f"DROP TRIGGER append_only ON {TABLE}; ALTER TABLE {TABLE} DROP CONSTRAINT paid_before_not_empty;"


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0013_waiting_file_seen"),
        ("places", "0006_writers"),
        ("registry", "0008_merges_hold"),
        ("files", "0003_membership_told"),
    ]
    operations = [
        migrations.AlterField(
            model_name="rosterlist",
            name="kind",
            field=models.CharField(
                choices=[("complete", "complete"), ("additions", "additions"), ("opening", "opening")], max_length=10
            ),
        ),
        migrations.CreateModel(
            name="PaidBefore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since_day", models.DateField()),
                ("until_month", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="registry.membership"),
                ),
                (
                    "plan",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="enrolment.plan"),
                ),
            ],
        ),
        migrations.RunSQL(
            PROMISES + guard(TABLE, within="payung_membership_in_area(membership_id)") + writers(TABLE, "receive_list"),
            no_writers(TABLE) + unguard(TABLE) + DROP,
        ),
    ]
