"""Penalties of late bills stand on a later bill of the same unit, inside its envelope; a waiver is told once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from payung.office.places.policies import guard, no_writers, unguard, writers

ENVELOPE = """
CREATE OR REPLACE FUNCTION billing_check_envelope() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_billline l WHERE l.bill_id = NEW.id
    HAVING (count(*), count(DISTINCT l.membership_id), coalesce(sum(l.total_rupiah), 0))
           = (NEW.line_count, NEW.heads, {lines});
    IF NOT FOUND {penalties}THEN
        RAISE EXCEPTION 'bill % does not hold what it declares', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = {"lines": "NEW.total_rupiah", "penalties": ""}
NOW = {
    "lines": "NEW.total_rupiah - NEW.penalty_rupiah",
    "penalties": """OR NEW.penalty_rupiah <> (
        SELECT coalesce(sum(p.amount_rupiah), 0) FROM billing_penalty p WHERE p.bill_id = NEW.id)
    """,
}
CHARGES = """
-- A penalty is asked with its draft, for an earlier bill of the same unit; members without an employer owe none.
CREATE FUNCTION billing_check_penalty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill b JOIN billing_bill late ON late.id = NEW.late_bill_id
    WHERE b.id = NEW.bill_id AND b.state = 'draft' AND late.id < b.id AND late.unit_id = b.unit_id
      AND late.final_at IS NOT NULL AND late.membership_class = b.membership_class AND b.membership_class <> 'BPU'
      AND (b.government_id, late.government_id) = (NEW.government_id, NEW.government_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no bill asks for this penalty' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER asked BEFORE INSERT ON billing_penalty FOR EACH ROW EXECUTE FUNCTION billing_check_penalty();

-- One that comes later would be more than the bill declares.
CREATE FUNCTION billing_check_penalties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill b WHERE b.id IN (SELECT bill_id FROM added)
        AND (SELECT sum(p.amount_rupiah) FROM billing_penalty p WHERE p.bill_id = b.id) <> b.penalty_rupiah;
    IF FOUND THEN
        RAISE EXCEPTION 'a bill takes no more penalties than it declares' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER within_envelope AFTER INSERT ON billing_penalty REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_check_penalties();
"""
DROP = """
DROP TRIGGER within_envelope ON billing_penalty; DROP FUNCTION billing_check_penalties();
DROP TRIGGER asked ON billing_penalty; DROP FUNCTION billing_check_penalty();
"""
DEEDS = {"billing_penalty": ("bill",), "billing_penaltywaiver": ("approve_bill",)}
APPEND_ONLY = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in DEEDS
)
DROP_APPEND_ONLY = "".join(f"DROP TRIGGER append_only ON {table};" for table in DEEDS)
OF_A_BILL = "EXISTS (SELECT 1 FROM billing_bill b WHERE b.id = bill_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0012_advances"),
        ("places", "0011_self_payers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bill",
            name="penalty_rupiah",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="PenaltyWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(max_length=120)),
                ("decided_on", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("waived_at", models.DateTimeField()),
                (
                    "bill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waiver", to="billing.bill"
                    ),
                ),
                ("government", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government")),
                (
                    "waived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Penalty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reckoned_on", models.DateField()),
                ("amount_rupiah", models.BigIntegerField()),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="penalties", to="billing.bill"
                    ),
                ),
                ("government", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government")),
                (
                    "late_bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charged", to="billing.bill"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bill", "late_bill"), name="penalty_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_rupiah", 0), _negated=True), name="penalty_is_something"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            ENVELOPE.format(**NOW)
            + CHARGES
            + APPEND_ONLY
            + "".join(guard(table, within=OF_A_BILL) for table in DEEDS)
            + "".join(writers(table, *deeds) for table, deeds in DEEDS.items()),
            "".join(map(no_writers, DEEDS))
            + "".join(map(unguard, DEEDS))
            + DROP_APPEND_ONLY
            + DROP
            + ENVELOPE.format(**BEFORE),
        ),
    ]
