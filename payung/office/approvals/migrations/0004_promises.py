"""The rules of deciding, kept by the database: who may say what, when it is enough, and that it stays said."""

from django.db import migrations

from payung.office.places.policies import USER, guard, in_opds, unguard

FUNCTIONS = """
-- The first step of a proposal's newest version that is not yet agreed; NULL when all are. Without steps, one voice.
CREATE FUNCTION approvals_open_step(asked bigint) RETURNS smallint LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (SELECT 1 FROM approvals_step s WHERE s.government_id = p.government_id AND s.kind = p.kind)
        THEN (SELECT min(s.number) FROM approvals_step s
              WHERE s.government_id = p.government_id AND s.kind = p.kind
                AND (SELECT count(*) FROM approvals_statement a WHERE a.proposal_id = p.id AND a.version = p.version
                       AND a.step = s.number AND a.verdict = 'approve')
                  < coalesce(s.needed, greatest(1, (
                        SELECT count(*) FROM approvals_decider d JOIN access_user u ON u.id = d.user_id
                        WHERE d.step_id = s.id AND u.is_active AND d.user_id <> p.made_by_id
                          AND (d.limit_rupiah IS NULL OR p.amount_rupiah <= d.limit_rupiah)))))
        ELSE (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM approvals_statement a
                WHERE a.proposal_id = p.id AND a.version = p.version AND a.verdict = 'approve'))
    END::smallint FROM approvals_proposal p WHERE p.id = asked
$$;

-- Why this user may not say this of that version with that voice (the own or a lent one); NULL when nothing hinders.
CREATE FUNCTION approvals_obstacle(
    asked bigint, seen_version integer, said text, actor bigint, speaker bigint, moment timestamptz
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    p approvals_proposal%ROWTYPE;
    d approvals_decider%ROWTYPE;
    day date := (moment AT TIME ZONE 'Asia/Jakarta')::date;
BEGIN
    SELECT * INTO p FROM approvals_proposal WHERE id = asked;
    IF NOT FOUND THEN RETURN 'not_found'; END IF;
    IF p.state IN ('approved', 'refused') THEN RETURN 'already_decided'; END IF;
    IF p.version <> seen_version THEN RETURN 'old_version'; END IF;
    IF p.state = 'returned' THEN RETURN 'sent_back'; END IF;
    IF p.made_by_id IN (actor, speaker) THEN RETURN 'own_proposal'; END IF;
    IF speaker <> actor AND NOT EXISTS (
        SELECT 1 FROM approvals_delegation l WHERE l.government_id = p.government_id AND l.kind IN ('', p.kind)
          AND l.lender_id = speaker AND l.user_id = actor AND l.replaced_at IS NULL
          AND day BETWEEN l.first_day AND l.last_day)
    THEN RETURN 'not_lent'; END IF;
    IF EXISTS (SELECT 1 FROM approvals_statement a WHERE a.proposal_id = p.id AND a.version = p.version
                 AND a.verdict IN ('approve', 'refuse', 'revise')
                 AND (a.by_id IN (actor, speaker) OR a.voice_id IN (actor, speaker)))
    THEN RETURN 'already_said'; END IF;
    IF EXISTS (SELECT 1 FROM approvals_step s WHERE s.government_id = p.government_id AND s.kind = p.kind) THEN
        SELECT g.* INTO d FROM approvals_decider g JOIN approvals_step s ON s.id = g.step_id
        WHERE s.government_id = p.government_id AND s.kind = p.kind AND s.number = approvals_open_step(p.id)
          AND g.user_id = speaker;
        IF NOT FOUND THEN RETURN 'not_a_decider'; END IF;
        IF said = 'approve' AND d.limit_rupiah IS NOT NULL AND (p.amount_rupiah <= d.limit_rupiah) IS NOT TRUE
        THEN RETURN 'over_limit'; END IF;
    END IF;
    IF said = 'approve' AND EXISTS (
        SELECT 1 FROM approvals_freeze f WHERE f.government_id = p.government_id AND f.kind IN ('', p.kind)
          AND f.replaced_at IS NULL AND day BETWEEN f.first_day AND f.last_day)
    THEN RETURN 'frozen'; END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION approvals_check_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p approvals_proposal%ROWTYPE;
    reason text;
BEGIN
    SELECT * INTO p FROM approvals_proposal WHERE id = NEW.proposal_id FOR UPDATE;
    IF NEW.verdict IN ('approve', 'refuse', 'revise') THEN
        SELECT approvals_obstacle(NEW.proposal_id, NEW.version, NEW.verdict, NEW.by_id, NEW.voice_id, NEW.at)
        INTO reason;
        SELECT approvals_open_step(NEW.proposal_id) INTO NEW.step;
    ELSIF p.id IS NULL OR NEW.version <> p.version THEN
        reason := 'old_version';
    ELSIF NEW.verdict = 'propose' AND (NEW.by_id <> p.made_by_id OR p.state <> 'open') THEN
        reason := 'not_the_maker';
    END IF;
    IF reason IS NULL AND NEW.government_id <> p.government_id THEN reason := 'not_found'; END IF;
    IF reason IS NOT NULL THEN
        RAISE EXCEPTION 'statement refused: %', reason USING ERRCODE = 'check_violation', CONSTRAINT = reason;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION approvals_check_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sound boolean;
    said text := CASE NEW.state WHEN 'approved' THEN 'approve' WHEN 'refused' THEN 'refuse' ELSE 'revise' END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        sound := NEW.state = 'open' AND NEW.version = 1;
    ELSIF (NEW.government_id, NEW.kind, NEW.made_by_id, NEW.opd_id)
          IS DISTINCT FROM (OLD.government_id, OLD.kind, OLD.made_by_id, OLD.opd_id) THEN
        sound := false;
    ELSIF OLD.state = 'returned' THEN
        sound := NEW.state = 'open' AND NEW.version = OLD.version + 1;
    ELSIF OLD.state = 'open' AND NEW.state <> 'open' THEN
        sound := NEW.version = OLD.version AND NEW.amount_rupiah IS NOT DISTINCT FROM OLD.amount_rupiah
            AND EXISTS (SELECT 1 FROM approvals_statement a WHERE a.proposal_id = NEW.id AND a.version = NEW.version
                          AND a.verdict = said AND a.by_id = coalesce(NEW.decided_by_id, a.by_id))
            AND (NEW.state <> 'approved' OR approvals_open_step(NEW.id) IS NULL);
    ELSE
        sound := NEW IS NOT DISTINCT FROM OLD;
    END IF;
    IF sound IS NOT TRUE THEN
        RAISE EXCEPTION 'proposal % is what was said of it', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER allowed BEFORE INSERT ON approvals_statement
    FOR EACH ROW EXECUTE FUNCTION approvals_check_statement();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON approvals_statement
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER as_stated AFTER INSERT OR UPDATE ON approvals_proposal
    FOR EACH ROW EXECUTE FUNCTION approvals_check_proposal();
CREATE TRIGGER never_deleted BEFORE DELETE ON approvals_proposal
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
""" + "".join(
    f"CREATE TRIGGER replace_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in ("approvals_delegation", "approvals_freeze")
)
OPEN_TO_OWN = ("approvals_step", "approvals_decider", "approvals_delegation", "approvals_freeze")
"""Seen whole by everybody of the government: a rule that is hidden from a session would not bind it."""
GUARDS = {
    "approvals_proposal": guard("approvals_proposal", within=in_opds("opd_id")),
    "approvals_statement": guard(
        "approvals_statement", within="EXISTS (SELECT 1 FROM approvals_proposal p WHERE p.id = proposal_id)"
    ),
    "approvals_mailbox": guard("approvals_mailbox", own=f"user_id = {USER}", within="true"),
    **{table: guard(table, within="true") for table in OPEN_TO_OWN},
}
ONESELF = {"approvals_proposal": "made_by_id", "approvals_statement": "by_id", "approvals_delegation": "lender_id"}
"""Whoever writes here writes as oneself: the column must name the user told to the database."""
AS_ONESELF = "".join(
    f"CREATE POLICY as_oneself ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({column} = {USER});"
    for table, column in ONESELF.items()
)
TAKEN_BACK = f"""
CREATE POLICY taken_back_by_lender ON approvals_delegation AS RESTRICTIVE FOR UPDATE USING (lender_id = {USER});
"""
FORWARD = (
    FUNCTIONS
    + TRIGGERS
    + "DROP POLICY area ON approvals_proposal;"
    + "".join(GUARDS.values())
    + AS_ONESELF
    + TAKEN_BACK
)
BACKWARD = (
    "DROP POLICY taken_back_by_lender ON approvals_delegation;"
    + "".join(f"DROP POLICY as_oneself ON {table};" for table in ONESELF)
    + "".join(map(unguard, GUARDS))
    + guard("approvals_proposal", within="true")
    + "".join(
        f"DROP TRIGGER replace_only ON {table}; DROP TRIGGER never_deleted ON {table};"
        for table in ("approvals_delegation", "approvals_freeze")
    )
    + """
DROP TRIGGER never_deleted ON approvals_proposal; DROP TRIGGER as_stated ON approvals_proposal;
DROP TRIGGER append_only ON approvals_statement; DROP TRIGGER allowed ON approvals_statement;
DROP FUNCTION approvals_check_proposal(); DROP FUNCTION approvals_check_statement();
DROP FUNCTION approvals_obstacle(bigint, integer, text, bigint, bigint, timestamptz);
DROP FUNCTION approvals_open_step(bigint);
"""
)


class Migration(migrations.Migration):
    dependencies = [("approvals", "0003_statements"), ("places", "0002_area"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
