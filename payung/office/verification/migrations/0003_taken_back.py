"""A candidate proposed by mistake is taken back, for a reason, while no list names him."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

PROMISE = """
CREATE FUNCTION verification_is_listed(of_decree bigint, of_row bigint) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM agreements_amendment a JOIN agreements_amendmentitem i ON i.amendment_id = a.id
        JOIN approvals_proposal p ON p.id = a.proposal_id AND p.state IN ('open', 'approved')
        WHERE a.decree_id = of_decree AND i.kind = 'add' AND i.row_id = of_row) $$;
CREATE FUNCTION verification_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF verification_is_listed(NEW.decree_id, NEW.row_id) THEN
        RAISE EXCEPTION 'candidate % stands in a list of the decree', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER taken_back_unlisted BEFORE UPDATE OF taken_back_at ON verification_candidate FOR EACH ROW
    WHEN (OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL) EXECUTE FUNCTION verification_taken_back();
"""
DROP = """
DROP TRIGGER taken_back_unlisted ON verification_candidate;
DROP FUNCTION verification_taken_back(); DROP FUNCTION verification_is_listed(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0002_promises"),
        ("agreements", "0011_other_employers"),
        ("approvals", "0004_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("candidate", "taken_back_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "candidate",
            "taken_back_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "candidate", "taken_back_reason", models.CharField(max_length=12, default="", db_default="")
        ),
        migrations.AddConstraint(
            "candidate",
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason="")
                | Q(
                    taken_back_at__isnull=False,
                    taken_back_by__isnull=False,
                    taken_back_reason__in=["mistyped", "twice", "declined", "wrong_person"],
                ),
                name="taken_back_with_a_reason",
            ),
        ),
        migrations.RunSQL(PROMISE, DROP),
    ]
