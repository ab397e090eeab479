"""The one question across governments: does somebody pay for this person elsewhere, from which kind of fund, when.

Governments are strictly apart; this function of the owner is the only way across, and it gives nothing else: no name,
no government, no id. It answers about the asker's own rows or persons alone, so that nobody tries numbers out: each
form must be the row's own sealed NIK, or that mark under another live key while keys are rotated. Every call is an
event of the audit, written by the function itself.
"""

from django.db import migrations

from payung.office.places.policies import guard, unguard, writers

FUNCTION = """
CREATE FUNCTION enrolment_paid_elsewhere(
    own text, subject bigint, ids bigint[], forms bytea[], wanted int4range, since date, moment timestamptz
) RETURNS TABLE (id bigint, fund_kind text, from_month date, until_month date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    here bigint := payung_government();
    told text := coalesce(current_setting('payung.deeds', true), '');
    asked bigint;
    answered bigint;
BEGIN
    IF payung_user() IS NULL OR here IS NULL
       OR NOT (told = '*' OR coalesce(nullif(told, '*'), '{}')::text[] @> ARRAY['receive_list']) THEN
        RAISE EXCEPTION 'asking across governments needs a user with: receive_list'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    CREATE TEMPORARY TABLE sound_forms ON COMMIT DROP AS
        SELECT DISTINCT a.id, a.form
        FROM unnest(ids, forms) AS a (id, form)
        JOIN (
            SELECT r.id, r.nik_sealed FROM files_row r
            WHERE own = 'list' AND payung_whole() AND r.government_id = here AND r.id = ANY (ids)
              AND r.reading_id = (SELECT l.reading_id FROM enrolment_rosterlist l WHERE l.id = subject)
            UNION ALL
            SELECT p.id, p.nik_sealed FROM registry_person p
            WHERE own = 'person' AND p.government_id = here AND p.id = subject
              AND (payung_whole() OR payung_person_in_area(p.id))
        ) mine ON mine.id = a.id
        WHERE a.form = mine.nik_sealed OR get_byte(a.form, 0) <> get_byte(mine.nik_sealed, 0);
    SELECT count(DISTINCT s.id) INTO asked FROM sound_forms s;
    RETURN QUERY
        SELECT DISTINCT s.id, f.kind::text, greatest(e.from_month, since), e.until_month
        FROM sound_forms s
        JOIN places_government g ON g.id <> here
        JOIN registry_person p ON p.government_id = g.id AND p.nik_sealed = s.form
        JOIN registry_membership m ON m.person_id = p.id
        JOIN enrolment_spell e ON e.membership_id = m.id AND e.replaced_at IS NULL AND e.programmes && wanted
             AND coalesce(e.until_month, 'infinity') >= since
        JOIN agreements_budgetline l ON l.id = e.budget_line_id
        JOIN agreements_fund f ON f.id = l.fund_id;
    GET DIAGNOSTICS answered = ROW_COUNT;
    DROP TABLE sound_forms;
    INSERT INTO access_auditevent (at, by_id, deed, subject, detail) VALUES (
        moment, payung_user(), 'ask_other_payers', own || ':' || subject,
        jsonb_build_object('asked', asked, 'answers', answered));
END $$;
"""
TABLE = "enrolment_paidelsewhere"
GUARD = (
    guard(TABLE, within="EXISTS (SELECT 1 FROM enrolment_plan p WHERE p.id = plan_id)")
    + writers(TABLE, "receive_list")
    + f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = (
    f"DROP TRIGGER append_only ON {TABLE}; DROP TRIGGER by_deed ON {TABLE};"
    + unguard(TABLE)
    + "DROP FUNCTION enrolment_paid_elsewhere(text, bigint, bigint[], bytea[], int4range, date, timestamptz);"
)


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0007_paid_elsewhere"),
        ("places", "0006_writers"),
        ("registry", "0006_names_back"),
        ("agreements", "0002_area"),
        ("access", "0006_audit_promises"),
    ]
    operations = [migrations.RunSQL(FUNCTION + GUARD, BACKWARD)]
