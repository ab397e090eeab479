"""What came back for a list may be taken back once, before it is paid on; then the list waits again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
KEEP = f"""
DROP TRIGGER append_only ON sponsorship_return;
DROP TRIGGER append_only ON sponsorship_taken;
CREATE FUNCTION sponsorship_keep_return() RETURNS trigger {DEFINER} AS $$
DECLARE
    sealed text[] := ARRAY['taken_back_at', 'taken_back_by_id', 'taken_back_reason'];
BEGIN
    IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL OR to_jsonb(NEW) - sealed <> to_jsonb(OLD) - sealed
       OR EXISTS (SELECT 1 FROM sponsorship_remittance m WHERE m.returned_id = OLD.id) THEN
        RAISE EXCEPTION 'a return is taken back once, before it is paid on, and never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER as_told BEFORE UPDATE ON sponsorship_return
    FOR EACH ROW EXECUTE FUNCTION sponsorship_keep_return();
CREATE TRIGGER replace_only BEFORE UPDATE ON sponsorship_taken
    FOR EACH ROW EXECUTE FUNCTION payung_replace_only();
"""
KEPT = ("sponsorship_return", "sponsorship_taken")
NEVER_DELETED = "".join(
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in KEPT
)
WITHIN = """
CREATE OR REPLACE FUNCTION sponsorship_check_taken() RETURNS trigger {definer} AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM sponsorship_deduction d JOIN sponsorship_taken t ON t.deduction_id = d.id{standing}
        WHERE d.id IN (SELECT deduction_id FROM added)
        GROUP BY d.id, d.due_rupiah
        HAVING coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome <> 'bridged'), 0) > d.due_rupiah
            OR coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome = 'bridged'), 0) > d.due_rupiah
    ) THEN
        RAISE EXCEPTION 'more was taken than was due'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_within_due';
    END IF;
    RETURN NULL;
END $$;
"""
FORWARD = KEEP + NEVER_DELETED + WITHIN.format(definer=DEFINER, standing=" AND t.replaced_at IS NULL")
BACKWARD = (
    WITHIN.format(definer=DEFINER, standing="")
    + "".join(f"DROP TRIGGER never_deleted ON {table};" for table in KEPT)
    + "DROP TRIGGER replace_only ON sponsorship_taken; DROP TRIGGER as_told ON sponsorship_return;"
    + "DROP FUNCTION sponsorship_keep_return();"
    + "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
        for table in KEPT
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0006_row_born_on"),
        ("places", "0011_self_payers"),
        ("sponsorship", "0005_pledges_may_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="taken",
            name="taken_once",
        ),
        migrations.RemoveConstraint(
            model_name="taken",
            name="bridged_once",
        ),
        migrations.AddField(
            model_name="return",
            name="taken_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="return",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="taken_back_reason",
            field=models.CharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="taken",
            name="replaced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="return",
            name="deduction_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="sponsorship.deductionlist"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)), fields=("deduction_list",), name="returned_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
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
                name="return_taken_back_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="taken",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("replaced_at", None), models.Q(("outcome__in", ["arrears", "bridged"]), _negated=True)
                ),
                fields=("deduction",),
                name="taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="taken",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "bridged"), ("replaced_at", None)),
                fields=("deduction",),
                name="bridged_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
