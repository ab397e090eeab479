"""An addendum may change the wage base: months already billed under its agreement are compared again."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION billing_touch_addendum() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM places_government WHERE id = NEW.government_id FOR SHARE;
    INSERT INTO billing_touched (government_id, membership_id)
    SELECT DISTINCT s.government_id, s.membership_id FROM enrolment_spell s
    WHERE s.government_id = NEW.government_id AND s.agreement_id = NEW.agreement_id
    ON CONFLICT (membership_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER touches AFTER INSERT ON agreements_addendum FOR EACH ROW EXECUTE FUNCTION billing_touch_addendum();
"""
BACKWARD = "DROP TRIGGER touches ON agreements_addendum; DROP FUNCTION billing_touch_addendum();"


class Migration(migrations.Migration):
    dependencies = [("billing", "0009_receipt_promises"), ("agreements", "0010_paper_promises")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
