"""A receipt settles no more than came, a bill takes no more than it asks; what moved is added, never changed."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

ONLY_ADDED = ("billing_statement", "billing_statementline", "billing_receipt", "billing_holding")
APPEND_ONLY = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in ONLY_ADDED
)
LIMITS = """
CREATE FUNCTION billing_check_payments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM added a JOIN billing_payment b ON b.id = a.takes_back_id
        WHERE (b.bill_id, b.receipt_id, -b.amount_rupiah) IS DISTINCT FROM (a.bill_id, a.receipt_id, a.amount_rupiah);
    IF FOUND THEN
        RAISE EXCEPTION 'a payment is taken back whole' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM billing_bill b
        JOIN (SELECT bill_id, sum(amount_rupiah) AS paid FROM billing_payment
              WHERE bill_id IN (SELECT bill_id FROM added) GROUP BY 1) p ON p.bill_id = b.id
        WHERE p.paid > greatest(b.total_rupiah, 0) OR p.paid < 0;
    IF FOUND THEN
        RAISE EXCEPTION 'a bill takes no more than it asks' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM billing_check_receipts(ARRAY(SELECT DISTINCT receipt_id FROM added));
    RETURN NULL;
END $$;
CREATE FUNCTION billing_check_receipts(ids bigint[]) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_receipt r
        LEFT JOIN (SELECT receipt_id, sum(amount_rupiah) AS used FROM billing_payment
                   WHERE receipt_id = ANY (ids) GROUP BY 1) p ON p.receipt_id = r.id
        LEFT JOIN (SELECT receipt_id, sum(amount_rupiah) AS gone FROM billing_refund
                   WHERE receipt_id = ANY (ids) AND booked_at IS NOT NULL GROUP BY 1) f ON f.receipt_id = r.id
        WHERE r.id = ANY (ids) AND coalesce(p.used, 0) + coalesce(f.gone, 0) > r.amount_rupiah;
    IF FOUND THEN
        RAISE EXCEPTION 'a receipt settles no more than came' USING ERRCODE = 'check_violation';
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION billing_check_receipts(bigint[]) FROM PUBLIC;
CREATE TRIGGER within_limits AFTER INSERT ON billing_payment REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_check_payments();

CREATE FUNCTION billing_keep_refund() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.booked_at IS NOT NULL THEN
            RAISE EXCEPTION 'a refund waits for a second person' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.booked_at IS NOT NULL OR NEW.booked_at IS NULL
       OR to_jsonb(NEW) - 'booked_at' <> to_jsonb(OLD) - 'booked_at'
       OR NOT EXISTS (SELECT 1 FROM approvals_proposal p WHERE p.id = NEW.proposal_id AND p.state = 'approved')
    THEN
        RAISE EXCEPTION 'a refund is what was approved, once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER as_approved BEFORE INSERT OR UPDATE ON billing_refund
    FOR EACH ROW EXECUTE FUNCTION billing_keep_refund();
CREATE TRIGGER never_deleted BEFORE DELETE ON billing_refund
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE FUNCTION billing_check_refund() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM billing_check_receipts(ARRAY[NEW.receipt_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER within_limits AFTER UPDATE ON billing_refund FOR EACH ROW EXECUTE FUNCTION billing_check_refund();
"""
DROP = """
DROP TRIGGER within_limits ON billing_refund; DROP FUNCTION billing_check_refund();
DROP TRIGGER never_deleted ON billing_refund; DROP TRIGGER as_approved ON billing_refund;
DROP FUNCTION billing_keep_refund();
DROP TRIGGER within_limits ON billing_payment; DROP FUNCTION billing_check_payments();
DROP FUNCTION billing_check_receipts(bigint[]);
""" + "".join(f"DROP TRIGGER append_only ON {table};" for table in ONLY_ADDED)
OF_A_PAYMENT = "EXISTS (SELECT 1 FROM billing_payment p WHERE p.receipt_id = billing_receipt.id)"
GUARDS = {
    "billing_statement": guard("billing_statement"),
    "billing_statementline": guard("billing_statementline"),
    "billing_receipt": guard("billing_receipt", within=OF_A_PAYMENT),
    "billing_holding": guard("billing_holding"),
    "billing_refund": guard("billing_refund"),
}
DEEDS = {**dict.fromkeys(ONLY_ADDED, ("receive_payment",)), "billing_refund": ("receive_payment", "approve_bill")}


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_receipts")]
    operations = [
        migrations.RunSQL(
            APPEND_ONLY
            + LIMITS
            + "".join(GUARDS.values())
            + "".join(writers(table, *deeds) for table, deeds in DEEDS.items()),
            "".join(map(no_writers, DEEDS)) + "".join(map(unguard, GUARDS)) + DROP,
        )
    ]
