"""A pledge may name its last month; nothing is deducted after it, and going on is a pledge of its own."""

from django.db import migrations, models

WITHIN = """
CREATE OR REPLACE FUNCTION sponsorship_check_orders() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a JOIN sponsorship_pledge p ON p.id = a.pledge_id
               WHERE p.consented_at IS NULL OR a.from_month < p.wanted_month%s) THEN
        RAISE EXCEPTION 'nothing is deducted without a signed consent, nor outside the months it names'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'order_with_consent';
    END IF;
    RETURN NULL;
END $$;
"""
AFTER_ITS_END = " OR coalesce(a.until_month, 'infinity') > p.wanted_until"


class Migration(migrations.Migration):
    dependencies = [
        ("sponsorship", "0004_followers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="pledge",
            name="pledge_of_two_once",
        ),
        migrations.AddField(
            model_name="pledge",
            name="wanted_until",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("wanted_until__isnull", True)),
                fields=("sponsor", "membership"),
                name="pledge_of_two_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wanted_until__isnull", True),
                    models.Q(("wanted_until__day", 1), ("wanted_until__gte", models.F("wanted_month"))),
                    _connector="OR",
                ),
                name="pledge_until_a_first_day",
            ),
        ),
        migrations.RunSQL(WITHIN % AFTER_ITS_END, WITHIN % ""),
    ]
