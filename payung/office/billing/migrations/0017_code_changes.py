"""The code of a sent bill is corrected by a row that says from what, to what, who, when and why; never otherwise."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from payung.office.places.policies import guard, no_writers, unguard, writers

MOVES = """
CREATE OR REPLACE FUNCTION billing_move_bill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    changing text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.run_id IS NULL THEN
            RAISE EXCEPTION 'a bill begins as a draft of a run' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    changing := CASE OLD.state || ' ' || NEW.state
        WHEN 'draft final' THEN ARRAY['state', 'final_at']
        WHEN 'final sent' THEN ARRAY['state', 'payment_code', 'sent_by_id', 'sent_at']
{sent}        WHEN 'draft void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'final void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'sent void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        ELSE ARRAY[]::text[] END;
    IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
        RAISE EXCEPTION 'bill % moves forward and is never changed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
{code}    IF NEW.state = 'final' AND OLD.state = 'draft' AND NOT EXISTS (
        SELECT 1 FROM billing_billrun r JOIN approvals_proposal p ON p.id = r.proposal_id AND p.version = r.version
        WHERE r.id = NEW.run_id AND p.state = 'approved')
    THEN
        RAISE EXCEPTION 'bill % was not approved', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'void' AND (
        (SELECT coalesce(sum(p.amount_rupiah), 0) FROM billing_payment p WHERE p.bill_id = NEW.id) <> 0
        OR (SELECT coalesce(sum(p.amount_rupiah), 0) FROM billing_receipt r
            JOIN billing_payment p ON p.receipt_id = r.id WHERE r.credit_note_id = NEW.id) <> 0
        OR EXISTS (SELECT 1 FROM billing_receipt r JOIN billing_refund f ON f.receipt_id = r.id
                   WHERE r.credit_note_id = NEW.id AND f.booked_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'bill % was paid', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = {"sent": "", "code": ""}
NOW = {
    "sent": """        WHEN 'sent sent' THEN ARRAY['payment_code']
""",
    "code": """    IF OLD.state = 'sent' AND NEW.payment_code <> OLD.payment_code AND NOT EXISTS (
        SELECT 1 FROM billing_codechange c WHERE c.bill_id = NEW.id
            AND (c.code_before, c.code) = (OLD.payment_code, NEW.payment_code)
            AND c.id = (SELECT max(o.id) FROM billing_codechange o WHERE o.bill_id = NEW.id))
    THEN
        RAISE EXCEPTION 'nobody said why bill % has another code', OLD.number USING ERRCODE = 'check_violation';
    END IF;
""",
}
TOLD = """
CREATE FUNCTION billing_check_code_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill b WHERE b.id = NEW.bill_id AND b.state = 'sent'
        AND (b.government_id, b.payment_code) = (NEW.government_id, NEW.code_before) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this code is not that of a sent bill' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_bill BEFORE INSERT ON billing_codechange
    FOR EACH ROW EXECUTE FUNCTION billing_check_code_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON billing_codechange
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = """
DROP TRIGGER append_only ON billing_codechange;
DROP TRIGGER of_its_bill ON billing_codechange; DROP FUNCTION billing_check_code_change();
"""
OF_A_BILL = "EXISTS (SELECT 1 FROM billing_bill b WHERE b.id = bill_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0016_left_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_before", models.CharField(max_length=11)),
                ("code", models.CharField(max_length=11)),
                ("reason", models.CharField(max_length=200)),
                ("changed_at", models.DateTimeField()),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="code_changes", to="billing.bill"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("government", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[0-9]{11}$"),
                            models.Q(("code", models.F("code_before")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="another_code_with_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            MOVES.format(**NOW)
            + TOLD
            + guard("billing_codechange", within=OF_A_BILL)
            + writers("billing_codechange", "bill"),
            no_writers("billing_codechange") + unguard("billing_codechange") + DROP + MOVES.format(**BEFORE),
        ),
    ]
