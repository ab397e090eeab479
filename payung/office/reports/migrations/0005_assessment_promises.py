"""An office sees what a comparison says of its own people; who assesses hands in masters, whose rows never change."""

from django.db import migrations

from payung.office.places.policies import (
    fewer_writers,
    guard,
    in_opds,
    more_writers,
    no_writers,
    unguard,
    writers,
)

ASSESS, RECONCILE = "assess", "reconcile"
OWN_OPD = in_opds("opd_id")
TABLES = {
    "reports_master": (guard("reports_master", within="true"), (ASSESS,)),
    "reports_masterrow": (guard("reports_masterrow"), (ASSESS,)),
    "reports_unitname": (guard("reports_unitname"), (ASSESS,)),
    "reports_comparison": (guard("reports_comparison", within="true"), (ASSESS,)),
    # An erasure takes her name out of it.
    "reports_compared": (guard("reports_compared", within=OWN_OPD), (ASSESS, "answer_requests")),
    "reports_comparedmonth": (guard("reports_comparedmonth", within=OWN_OPD), (ASSESS,)),
    "reports_opddeadline": (guard("reports_opddeadline", within=OWN_OPD), (ASSESS,)),
    "reports_coveragecell": (guard("reports_coveragecell", within="true"), (RECONCILE,)),
    "reports_boundaries": (guard("reports_boundaries", within="true"), ("set_office",)),
    "reports_outline": (guard("reports_outline", within="true"), ("set_office",)),
}
ADDED = ("reports_master", "reports_masterrow", "reports_outline")
REPLACED = ("reports_unitname", "reports_opddeadline", "reports_boundaries")
TAKEN_IN = (
    "files_keptfile", "files_reading", "files_row", "files_finding", "registry_evidence", "registry_pair",
    "registry_block",
)  # fmt: skip
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in ADDED
) + "".join(
    f"CREATE TRIGGER replace_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in REPLACED
)
FORWARD = (
    "".join(policy + writers(table, *deeds) for table, (policy, deeds) in TABLES.items())
    + TRIGGERS
    + "".join(more_writers(table, ASSESS) for table in TAKEN_IN)
    + more_writers("files_keptfile", "set_office")
)
BACKWARD = (
    fewer_writers("files_keptfile", "set_office")
    + "".join(fewer_writers(table, ASSESS) for table in TAKEN_IN)
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in ADDED)
    + "".join(f"DROP TRIGGER replace_only ON {table}; DROP TRIGGER never_deleted ON {table};" for table in REPLACED)
    + "".join(no_writers(table) + unguard(table) for table in TABLES)
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_assessment_and_coverage"),
        ("places", "0008_figure_promises"),
        ("billing", "0005_writers"),
        ("registry", "0008_merges_hold"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
