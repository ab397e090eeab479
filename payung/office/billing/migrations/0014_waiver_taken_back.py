"""A waiver can be taken back, once, with a reason; then the bill may be waived anew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
DROP TRIGGER append_only ON billing_penaltywaiver;
CREATE FUNCTION billing_keep_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed text[] := ARRAY['taken_back_at', 'taken_back_by_id', 'taken_back_reason'];
BEGIN
    IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL OR to_jsonb(NEW) - sealed <> to_jsonb(OLD) - sealed
    THEN
        RAISE EXCEPTION 'a waiver is taken back once, never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER as_told BEFORE UPDATE ON billing_penaltywaiver FOR EACH ROW EXECUTE FUNCTION billing_keep_waiver();
CREATE TRIGGER never_deleted BEFORE DELETE ON billing_penaltywaiver
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
BACK = """
DROP TRIGGER never_deleted ON billing_penaltywaiver;
DROP TRIGGER as_told ON billing_penaltywaiver;
DROP FUNCTION billing_keep_waiver();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON billing_penaltywaiver
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0013_penalties"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            model_name="penaltywaiver",
            name="bill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="billing.bill"
            ),
        ),
        migrations.AddField(
            model_name="penaltywaiver",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="penaltywaiver", name="taken_back_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="penaltywaiver",
            name="taken_back_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="penaltywaiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)), fields=("bill",), name="waived_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltywaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at", None), ("taken_back_by", None), ("taken_back_reason", "")),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                        models.Q(("taken_back_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="waiver_taken_back_by_somebody",
            ),
        ),
        migrations.RunSQL(KEEP, BACK),
    ]
