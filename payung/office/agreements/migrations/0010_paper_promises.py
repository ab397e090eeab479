"""Addenda, attachments and changes of ceilings are added with the office's deed and never changed; when an agreement
ends is asked of the paper in force."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

LINE_SEEN = f"EXISTS (SELECT 1 FROM agreements_budgetline l WHERE l.id = line_id AND (l.opd_id IS NULL OR {in_opds('l.opd_id')}))"
TABLES = {
    "agreements_addendum": (guard("agreements_addendum", within="true"), ("set_office",)),
    "agreements_attachment": (guard("agreements_attachment", within="true"), ("set_office", "verify_candidate")),
    "agreements_ceilingchange": (guard("agreements_ceilingchange", within=LINE_SEEN), ("set_office",)),
}
FUNCTIONS = """
-- The last day of an agreement by its newest paper; null when it has none.
CREATE FUNCTION agreements_until(bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN d.id IS NULL THEN a.effective_until ELSE d.effective_until END
    FROM agreements_agreement a LEFT JOIN LATERAL (
        SELECT x.id, x.effective_until FROM agreements_addendum x WHERE x.agreement_id = a.id
        ORDER BY x.sequence DESC LIMIT 1) d ON true
    WHERE a.id = $1 $$;

-- What a budget line may spend by all its papers, less what was carried over into another year.
CREATE FUNCTION agreements_ceiling(bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT l.ceiling_rupiah
         + (SELECT coalesce(sum(c.amount_rupiah), 0)::bigint FROM agreements_ceilingchange c WHERE c.line_id = l.id)
         - (SELECT coalesce(sum(c.amount_rupiah), 0)::bigint FROM agreements_ceilingchange c WHERE c.source_id = l.id)
    FROM agreements_budgetline l WHERE l.id = $1 $$;
"""
FORWARD = (
    "".join(policy + writers(table, *deeds) for table, (policy, deeds) in TABLES.items())
    + "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
        for table in TABLES
    )
    + FUNCTIONS
)
BACKWARD = (
    "DROP FUNCTION agreements_ceiling(bigint); DROP FUNCTION agreements_until(bigint);"
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)
    + "".join(map(no_writers, TABLES))
    + "".join(map(unguard, TABLES))
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0009_papers"), ("places", "0006_writers"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
