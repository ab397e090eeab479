"""A month's bills are made by a run; bills from before have none, and their envelope declares what they hold."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE billing_bill b SET final_at = made_at,
    line_count = (SELECT count(*) FROM billing_billline l WHERE l.bill_id = b.id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0007_reading_promises"),
        ("approvals", "0004_promises"),
        ("billing", "0005_writers"),
        ("places", "0006_writers"),
        ("registry", "0006_names_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.AddField(
            model_name="bill",
            name="final_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="bill",
            name="line_count",
            field=models.IntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bill",
            name="payment_code",
            field=models.CharField(db_default="", default="", max_length=11),
        ),
        migrations.AddField(
            model_name="bill",
            name="sent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="bill",
            name="sent_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="bill",
            name="void_reason",
            field=models.CharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="bill",
            name="voided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="bill",
            name="voided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="BillRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("first_month", models.DateField()),
                ("version", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default="draft", max_length=5)),
                ("law_digest", models.CharField(max_length=64)),
                ("readings", models.JSONField()),
                ("left_out", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("void_reason", models.CharField(default="", max_length=200)),
                ("government", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="approvals.proposal")),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bill",
            name="run",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="billing.billrun"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment_code", ""), ("sent_at__isnull", True), ("sent_by__isnull", True)),
                    models.Q(
                        ("payment_code__regex", "^[0-9]{11}$"), ("sent_at__isnull", False), ("sent_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sent_with_its_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "void"),
                        ("voided_at__isnull", False),
                        ("voided_by__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "void"), _negated=True),
                        ("void_reason", ""),
                        ("voided_at__isnull", True),
                        ("voided_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="void_with_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["final", "sent"]), _negated=True),
                    ("final_at__isnull", False),
                    _connector="OR",
                ),
                name="final_since_when",
            ),
        ),
        migrations.AddField(
            model_name="touched",
            name="government",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="places.government"
            ),
        ),
        migrations.AddField(
            model_name="touched",
            name="membership",
            field=models.OneToOneField(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="registry.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("government", "month"), name="one_draft_of_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.UniqueConstraint(fields=("proposal", "version"), name="run_version_once"),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True),
                        ("settled_by__isnull", True),
                        ("state", "draft"),
                        ("void_reason", ""),
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("state", "final"),
                        ("void_reason", ""),
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("state", "void"),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="run_state_complete",
            ),
        ),
    ]
