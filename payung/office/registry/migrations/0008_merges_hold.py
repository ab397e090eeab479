"""Who sees and writes what of identities; merges that hold, and under whom somebody is seen, kept by the database.

A merge is two facts at most: it stood from an instant, it was taken back at another; each only as its proposal was
approved. Aliases and the OPD that see a merged person follow from the merges and the jobs, and nothing else fills them.
"""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
QUESTIONS = f"""
CREATE FUNCTION registry_survivor(asked bigint) RETURNS bigint LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT coalesce((SELECT a.survivor_id FROM registry_alias a WHERE a.person_id = asked), asked) $$;
CREATE FUNCTION registry_group(asked bigint) RETURNS SETOF bigint LANGUAGE sql STABLE {DEFINER} ROWS 2 AS $$
    SELECT registry_survivor(asked)
    UNION SELECT a.person_id FROM registry_alias a WHERE a.survivor_id = registry_survivor(asked) $$;
"""
SETTLE = f"""
CREATE FUNCTION registry_may_merge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told jsonb := to_jsonb(NEW) - 'recorded_at' - 'undoing_id' - 'replaced_at';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.recorded_at IS NULL AND NEW.undoing_id IS NULL AND NEW.replaced_at IS NULL THEN RETURN NEW; END IF;
    ELSIF told = to_jsonb(OLD) - 'recorded_at' - 'undoing_id' - 'replaced_at' AND OLD.replaced_at IS NULL THEN
        IF OLD.recorded_at IS NULL AND NEW.recorded_at IS NOT NULL AND NEW.undoing_id IS NULL
           AND NEW.replaced_at IS NULL
           AND EXISTS (SELECT 1 FROM approvals_proposal p WHERE p.id = NEW.proposal_id AND p.state = 'approved')
           AND registry_survivor(NEW.absorbed_id) = NEW.absorbed_id
           AND registry_survivor(NEW.surviving_id) <> NEW.absorbed_id THEN
            RETURN NEW;
        END IF;
        IF OLD.recorded_at IS NOT NULL AND NEW.recorded_at = OLD.recorded_at
           AND (NEW.replaced_at IS NULL OR NEW.undoing_id = OLD.undoing_id AND EXISTS (
               SELECT 1 FROM approvals_proposal p WHERE p.id = NEW.undoing_id AND p.state = 'approved')) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a merge stands, and is taken back, only as two people decided'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER may_merge BEFORE INSERT OR UPDATE ON registry_merge FOR EACH ROW EXECUTE FUNCTION registry_may_merge();
CREATE TRIGGER never_deleted BEFORE DELETE ON registry_merge FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();

CREATE FUNCTION registry_settle_aliases() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := array(SELECT registry_group(NEW.absorbed_id) UNION SELECT registry_group(NEW.surviving_id));
    DELETE FROM registry_alias WHERE person_id = ANY (touched);
    INSERT INTO registry_alias (person_id, government_id, survivor_id)
        WITH RECURSIVE way (person, here) AS (
            SELECT t, t FROM unnest(touched) t
            UNION ALL
            SELECT w.person, m.surviving_id FROM way w JOIN registry_merge m ON m.absorbed_id = w.here
                AND m.recorded_at IS NOT NULL AND m.replaced_at IS NULL
        )
        SELECT w.person, NEW.government_id, w.here FROM way w
        WHERE w.person <> w.here AND NOT EXISTS (SELECT 1 FROM registry_merge m WHERE m.absorbed_id = w.here
            AND m.recorded_at IS NOT NULL AND m.replaced_at IS NULL);
    DELETE FROM registry_personopd WHERE person_id = ANY (touched);
    INSERT INTO registry_personopd (government_id, opd_id, person_id)
        SELECT DISTINCT j.government_id, j.opd_id, t.person
        FROM unnest(touched) t (person) CROSS JOIN LATERAL registry_group(t.person) g
        JOIN registry_membership m ON m.person_id = g JOIN registry_job j ON j.membership_id = m.id;
    RETURN NULL;
END $$;
CREATE TRIGGER settle_aliases AFTER UPDATE OF recorded_at, replaced_at ON registry_merge
    FOR EACH ROW EXECUTE FUNCTION registry_settle_aliases();
"""
NOTE_OPD = """
CREATE OR REPLACE FUNCTION registry_note_opd() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO registry_personopd (government_id, opd_id, person_id)
        SELECT DISTINCT j.government_id, j.opd_id, m.person_id
        FROM new_jobs j JOIN registry_membership m ON m.id = j.membership_id
        ON CONFLICT DO NOTHING;
    {merged}
    RETURN NULL;
END $$;
"""
OF_MERGED = """
    IF EXISTS (SELECT 1 FROM registry_alias) THEN
        INSERT INTO registry_personopd (government_id, opd_id, person_id)
            WITH known (person, survivor) AS (
                SELECT person_id, survivor_id FROM registry_alias UNION SELECT survivor_id, survivor_id FROM registry_alias
            )
            SELECT DISTINCT j.government_id, j.opd_id, other.person
            FROM new_jobs j JOIN registry_membership m ON m.id = j.membership_id
            JOIN known own ON own.person = m.person_id JOIN known other ON other.survivor = own.survivor
            ON CONFLICT DO NOTHING;
    END IF;"""
BLOCKS = f"""
CREATE FUNCTION registry_forget_block() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    DELETE FROM registry_block WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_block AFTER UPDATE ON registry_person FOR EACH ROW
    WHEN ((NEW.name, NEW.birth_date, NEW.birth_place, NEW.sex, NEW.desa_code, NEW.nik_sealed, NEW.mother_name_sealed)
        IS DISTINCT FROM
        (OLD.name, OLD.birth_date, OLD.birth_place, OLD.sex, OLD.desa_code, OLD.nik_sealed, OLD.mother_name_sealed))
    EXECUTE FUNCTION registry_forget_block();
"""
SEEN_PERSON = "EXISTS (SELECT 1 FROM registry_person p WHERE p.id = {column})"
GUARDS = {
    "registry_block": guard("registry_block"),
    "registry_pair": guard("registry_pair", within=in_opds("opd_id")),
    "registry_judgement": guard("registry_judgement", within=in_opds("opd_id")),
    "registry_merge": guard("registry_merge", within=SEEN_PERSON.format(column="surviving_id")),
    "registry_alias": guard("registry_alias", within=SEEN_PERSON.format(column="survivor_id")),
}
LISTS = ("receive_list",)
WRITERS = {
    "registry_block": ("receive_list", "answer_requests"),
    "registry_pair": LISTS,
    "registry_judgement": LISTS,
    "registry_merge": ("receive_list", "approve_plan"),
    "registry_alias": (),  # the database alone
}
REPLACED = (
    "CREATE TRIGGER replace_only BEFORE UPDATE ON registry_judgement"
    " FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    "CREATE TRIGGER never_deleted BEFORE DELETE ON registry_judgement"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
FORWARD = (
    QUESTIONS
    + SETTLE
    + NOTE_OPD.format(merged=OF_MERGED)
    + BLOCKS
    + "".join(GUARDS.values())
    + "".join(writers(table, *deeds) for table, deeds in WRITERS.items())
    + REPLACED
)
BACKWARD = (
    "".join(map(no_writers, WRITERS))
    + "".join(map(unguard, GUARDS))
    + "DROP TRIGGER replace_only ON registry_judgement; DROP TRIGGER never_deleted ON registry_judgement;"
    "DROP TRIGGER forget_block ON registry_person; DROP FUNCTION registry_forget_block();"
    + NOTE_OPD.format(merged="")
    + "DROP TRIGGER settle_aliases ON registry_merge; DROP TRIGGER may_merge ON registry_merge;"
    "DROP TRIGGER never_deleted ON registry_merge; DROP FUNCTION registry_settle_aliases();"
    "DROP FUNCTION registry_may_merge(); DROP FUNCTION registry_group(bigint); DROP FUNCTION registry_survivor(bigint);"
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_who_is_it")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
