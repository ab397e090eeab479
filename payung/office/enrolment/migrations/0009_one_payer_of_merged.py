"""One payer per person, class, programme and month holds across merged persons too.

A merge whose spells collide is refused until the collision is resolved; after it, so is a spell that would collide.
"""

from django.db import migrations

OVERLAPPING = """
    {b}.replaced_at IS NULL AND {a}.programmes && {b}.programmes
    AND daterange({a}.from_month, {a}.until_month, '[]') && daterange({b}.from_month, {b}.until_month, '[]')"""
ONE_BOND = """
    {b}.membership_class = {a}.membership_class AND {b}.scheme = {a}.scheme
    AND {b}.employer_id IS NOT DISTINCT FROM {a}.employer_id"""
FORWARD = f"""
CREATE FUNCTION enrolment_collisions(one bigint, another bigint)
RETURNS TABLE (first_spell bigint, second_spell bigint, from_month date, until_month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, b.id, greatest(a.from_month, b.from_month), least(a.until_month, b.until_month)
    FROM registry_group(one) ga JOIN registry_membership ma ON ma.person_id = ga
    JOIN enrolment_spell a ON a.membership_id = ma.id AND a.replaced_at IS NULL
    CROSS JOIN registry_group(another) gb
    JOIN registry_membership mb ON mb.person_id = gb AND {ONE_BOND.format(a="ma", b="mb")}
    JOIN enrolment_spell b ON b.membership_id = mb.id AND {OVERLAPPING.format(a="a", b="b")}
    WHERE ma.id <> mb.id $$;

CREATE FUNCTION enrolment_merge_has_one_payer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM enrolment_collisions(NEW.absorbed_id, NEW.surviving_id)) THEN
        RAISE EXCEPTION 'both persons are paid for in the same month' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_payer BEFORE UPDATE ON registry_merge FOR EACH ROW
    WHEN (OLD.recorded_at IS NULL AND NEW.recorded_at IS NOT NULL) EXECUTE FUNCTION enrolment_merge_has_one_payer();

CREATE FUNCTION enrolment_merged_has_one_payer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM registry_alias) AND EXISTS (
        WITH known (person, survivor) AS (
            SELECT person_id, survivor_id FROM registry_alias UNION SELECT survivor_id, survivor_id FROM registry_alias
        )
        SELECT 1 FROM new_spells n JOIN registry_membership m ON m.id = n.membership_id
        JOIN known own ON own.person = m.person_id
        JOIN known other ON other.survivor = own.survivor AND other.person <> own.person
        JOIN registry_membership o ON o.person_id = other.person AND {ONE_BOND.format(a="m", b="o")}
        JOIN enrolment_spell s ON s.membership_id = o.id AND {OVERLAPPING.format(a="n", b="s")}
        WHERE n.replaced_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a merged person would be paid for twice in a month' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER one_payer_of_merged AFTER INSERT ON enrolment_spell REFERENCING NEW TABLE AS new_spells
    FOR EACH STATEMENT EXECUTE FUNCTION enrolment_merged_has_one_payer();
"""
BACKWARD = """
DROP TRIGGER one_payer_of_merged ON enrolment_spell; DROP FUNCTION enrolment_merged_has_one_payer();
DROP TRIGGER one_payer ON registry_merge; DROP FUNCTION enrolment_merge_has_one_payer();
DROP FUNCTION enrolment_collisions(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0008_one_question"), ("registry", "0008_merges_hold")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
