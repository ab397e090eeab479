"""Each OPD sees its sponsors, each sponsor himself; a consent is filed once; what was asked and taken stays."""

from django.db import migrations

from payung.office.places.policies import (
    USER,
    fewer_writers,
    guard,
    in_opds,
    more_writers,
    no_writers,
    unguard,
    writers,
)

OF_SPONSOR = "EXISTS (SELECT 1 FROM sponsorship_sponsor s WHERE s.id = sponsor_id)"
OF_LIST = "EXISTS (SELECT 1 FROM sponsorship_deductionlist l WHERE l.id = deduction_list_id)"
OF_PLEDGE = "EXISTS (SELECT 1 FROM sponsorship_pledge p WHERE p.id = pledge_id)"
GUARDS = {
    "sponsorship_circular": guard("sponsorship_circular", within="true"),
    "sponsorship_scope": guard("sponsorship_scope", within="true"),
    "sponsorship_outreach": guard("sponsorship_outreach", within="true"),
    "sponsorship_sponsor": guard("sponsorship_sponsor", within=f"({in_opds('opd_id')} OR user_id = {USER})"),
    "sponsorship_service": guard("sponsorship_service", within=OF_SPONSOR),
    "sponsorship_pledge": guard("sponsorship_pledge", within=OF_SPONSOR),
    "sponsorship_order": guard("sponsorship_order", within=f"({in_opds('opd_id')} OR {OF_PLEDGE})"),
    "sponsorship_deductionlist": guard("sponsorship_deductionlist", within=in_opds("opd_id")),
    "sponsorship_deduction": guard("sponsorship_deduction", within=f"({OF_LIST} OR {OF_PLEDGE})"),
    "sponsorship_return": guard("sponsorship_return", within=OF_LIST),
    "sponsorship_taken": guard(
        "sponsorship_taken", within="EXISTS (SELECT 1 FROM sponsorship_deduction d WHERE d.id = deduction_id)"
    ),
    "sponsorship_remittance": guard(
        "sponsorship_remittance", within="EXISTS (SELECT 1 FROM sponsorship_return r WHERE r.id = returned_id)"
    ),
    "sponsorship_event": guard("sponsorship_event", within=f"({in_opds('opd_id')} OR {OF_SPONSOR})"),
}
WRITERS = {
    **dict.fromkeys(("sponsorship_circular", "sponsorship_scope", "sponsorship_outreach"), ("keep_sponsors",)),
    **dict.fromkeys(("sponsorship_sponsor", "sponsorship_service"), ("keep_sponsors", "deduct")),
    **dict.fromkeys(("sponsorship_pledge", "sponsorship_event"), ("pledge", "deduct")),
    **dict.fromkeys(
        (
            "sponsorship_order", "sponsorship_deductionlist", "sponsorship_deduction", "sponsorship_return",
            "sponsorship_taken",
        ),
        ("deduct",),
    ),
    "sponsorship_remittance": ("receive_payment",),
}  # fmt: skip
ADDED = ("deductionlist", "deduction", "return", "taken", "remittance", "event", "outreach")
REPLACED = ("service", "order")
DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = f"""
CREATE FUNCTION sponsorship_check_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'told_sealed' = to_jsonb(OLD) - 'told_sealed' THEN
        RETURN NEW;  -- sealed anew, or erased
    END IF;
    IF OLD.consented_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR
       to_jsonb(NEW) - ARRAY['row_id', 'membership_id', 'consent_file_id', 'consented_by_id', 'consented_at',
                             'withdrawn_at']
       IS DISTINCT FROM
       to_jsonb(OLD) - ARRAY['row_id', 'membership_id', 'consent_file_id', 'consented_by_id', 'consented_at',
                             'withdrawn_at'] THEN
        RAISE EXCEPTION 'pledge % is consented to or withdrawn once', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consented_once BEFORE UPDATE ON sponsorship_pledge
    FOR EACH ROW EXECUTE FUNCTION sponsorship_check_pledge();

CREATE FUNCTION sponsorship_check_orders() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a JOIN sponsorship_pledge p ON p.id = a.pledge_id
               WHERE p.consented_at IS NULL OR a.from_month < p.wanted_month) THEN
        RAISE EXCEPTION 'nothing is deducted without a signed consent, nor before the month it names'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_with_consent';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER with_consent AFTER INSERT ON sponsorship_order REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION sponsorship_check_orders();

CREATE FUNCTION sponsorship_check_taken() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM sponsorship_deduction d JOIN sponsorship_taken t ON t.deduction_id = d.id
        WHERE d.id IN (SELECT deduction_id FROM added)
        GROUP BY d.id, d.due_rupiah
        HAVING coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome <> 'bridged'), 0) > d.due_rupiah
            OR coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome = 'bridged'), 0) > d.due_rupiah
    ) THEN
        RAISE EXCEPTION 'more was taken than was due'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_within_due';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER within_due AFTER INSERT ON sponsorship_taken REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION sponsorship_check_taken();

CREATE FUNCTION sponsorship_check_list() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM sponsorship_deduction WHERE deduction_list_id = NEW.id AND month = NEW.month
        HAVING (count(*), coalesce(sum(due_rupiah), 0)) = (NEW.heads, NEW.total_rupiah)
    ) THEN
        RAISE EXCEPTION 'list % does not hold what it declares', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON sponsorship_deductionlist
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sponsorship_check_list();
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON sponsorship_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in ADDED
) + "".join(
    f"CREATE TRIGGER replace_only BEFORE UPDATE ON sponsorship_{table}"
    " FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON sponsorship_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in REPLACED
)
FORWARD = (
    FUNCTIONS
    + TRIGGERS
    + "".join(GUARDS.values())
    + "".join(writers(table, *deeds) for table, deeds in WRITERS.items())
    + more_writers("files_keptfile", "keep_sponsors")
)
BACKWARD = (
    fewer_writers("files_keptfile", "keep_sponsors")
    + "".join(map(no_writers, WRITERS))
    + "".join(map(unguard, GUARDS))
    + "".join(f"DROP TRIGGER append_only ON sponsorship_{table};" for table in ADDED)
    + "".join(
        f"DROP TRIGGER replace_only ON sponsorship_{table}; DROP TRIGGER never_deleted ON sponsorship_{table};"
        for table in REPLACED
    )
    + """
DROP TRIGGER adds_up ON sponsorship_deductionlist; DROP FUNCTION sponsorship_check_list();
DROP TRIGGER within_due ON sponsorship_taken; DROP FUNCTION sponsorship_check_taken();
DROP TRIGGER with_consent ON sponsorship_order; DROP FUNCTION sponsorship_check_orders();
DROP TRIGGER consented_once ON sponsorship_pledge; DROP FUNCTION sponsorship_check_pledge();
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("sponsorship", "0001_initial"),
        ("verification", "0002_promises"),
        ("billing", "0009_receipt_promises"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
