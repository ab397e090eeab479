"""A credit note is money of its payer; a bill may be taken back once every payment of it was."""

import django.db.models.deletion
from django.db import migrations, models

from payung.office.places.policies import no_writers, writers

BEFORE_VOID = """    IF NEW.state = 'void' AND EXISTS (SELECT 1 FROM billing_payment p WHERE p.bill_id = NEW.id) THEN"""
NOW_VOID = """    IF NEW.state = 'void' AND (
        (SELECT coalesce(sum(p.amount_rupiah), 0) FROM billing_payment p WHERE p.bill_id = NEW.id) <> 0
        OR (SELECT coalesce(sum(p.amount_rupiah), 0) FROM billing_receipt r
            JOIN billing_payment p ON p.receipt_id = r.id WHERE r.credit_note_id = NEW.id) <> 0
        OR EXISTS (SELECT 1 FROM billing_receipt r JOIN billing_refund f ON f.receipt_id = r.id
                   WHERE r.credit_note_id = NEW.id AND f.booked_at IS NOT NULL))
    THEN"""
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
        WHEN 'draft void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'final void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'sent void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        ELSE ARRAY[]::text[] END;
    IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
        RAISE EXCEPTION 'bill % moves forward and is never changed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'final' AND OLD.state = 'draft' AND NOT EXISTS (
        SELECT 1 FROM billing_billrun r JOIN approvals_proposal p ON p.id = r.proposal_id AND p.version = r.version
        WHERE r.id = NEW.run_id AND p.state = 'approved')
    THEN
        RAISE EXCEPTION 'bill % was not approved', OLD.number USING ERRCODE = 'check_violation';
    END IF;
{void}
        RAISE EXCEPTION 'bill % was paid', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
RECEIPTS = """
CREATE OR REPLACE FUNCTION billing_check_receipts(ids bigint[]) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_receipt r
        LEFT JOIN (SELECT receipt_id, sum(amount_rupiah) AS used FROM billing_payment
                   WHERE receipt_id = ANY (ids) GROUP BY 1) p ON p.receipt_id = r.id
        LEFT JOIN (SELECT receipt_id, sum(amount_rupiah) AS gone FROM billing_refund
                   WHERE receipt_id = ANY (ids) AND booked_at IS NOT NULL GROUP BY 1) f ON f.receipt_id = r.id{note}
        WHERE r.id = ANY (ids) AND coalesce(p.used, 0) + coalesce(f.gone, 0) > {amount};
    IF FOUND THEN
        RAISE EXCEPTION 'a receipt settles no more than came' USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
NOTE = {
    "note": "\n        LEFT JOIN billing_bill b ON b.id = r.credit_note_id",
    "amount": "CASE WHEN b.state = 'void' THEN 0 ELSE r.amount_rupiah END",
}
A_NOTE = """
-- The receipt of a credit note is what that note gives back, to its unit.
CREATE FUNCTION billing_check_credit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill b WHERE b.id = NEW.credit_note_id AND b.state IN ('final', 'sent')
        AND b.government_id = NEW.government_id AND (b.unit_id, -b.total_rupiah) = (NEW.unit_id, NEW.amount_rupiah);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a credit is what its note says' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER as_noted BEFORE INSERT ON billing_receipt FOR EACH ROW
    WHEN (NEW.credit_note_id IS NOT NULL) EXECUTE FUNCTION billing_check_credit();
"""
MONEY = ("billing_receipt", "billing_payment")


def written_by(*deeds: str) -> str:
    """These deeds write to the tables of money."""
    return "".join(no_writers(table) + writers(table, *deeds) for table in MONEY)


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_addenda_touch")]
    operations = [
        migrations.AddField(
            model_name="receipt",
            name="credit_note",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="credit", to="billing.bill"
            ),
        ),
        migrations.RemoveConstraint(model_name="receipt", name="typed_reference_once"),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("credit_note__isnull", True), ("from_bank", False)),
                fields=("government", "reference"),
                name="typed_reference_once",
            ),
        ),
        migrations.RunSQL(
            MOVES.format(void=NOW_VOID)
            + RECEIPTS.format(**NOTE)
            + A_NOTE
            + written_by("receive_payment", "approve_bill"),
            written_by("receive_payment")
            + "DROP TRIGGER as_noted ON billing_receipt; DROP FUNCTION billing_check_credit();"
            + RECEIPTS.format(note="", amount="r.amount_rupiah")
            + MOVES.format(void=BEFORE_VOID),
        ),
    ]
