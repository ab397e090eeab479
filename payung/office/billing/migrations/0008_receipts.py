"""Receipts stand apart from what they settle; a payment from before is a receipt that settled one bill."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
INSERT INTO billing_receipt
    (government_id, unit_id, paid_on, amount_rupiah, reference, from_bank, recorded_by_id, recorded_at)
SELECT p.government_id, b.unit_id, p.paid_on, p.amount_rupiah, p.reference, false, p.recorded_by_id, p.recorded_at
FROM billing_payment p JOIN billing_bill b ON b.id = p.bill_id;
ALTER TABLE billing_payment DISABLE TRIGGER append_only;
UPDATE billing_payment p SET receipt_id = r.id FROM billing_receipt r
WHERE r.government_id = p.government_id AND r.reference = p.reference;
ALTER TABLE billing_payment ENABLE TRIGGER append_only;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0004_promises"),
        ("billing", "0007_run_promises"),
        ("files", "0002_area"),
        ("places", "0006_writers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_rupiah", models.BigIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("held_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paid_on", models.DateField()),
                ("amount_rupiah", models.BigIntegerField()),
                ("reference", models.CharField(max_length=60)),
                ("from_bank", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_rupiah", models.BigIntegerField()),
                ("returned_on", models.DateField()),
                ("reference", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("booked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=40)),
                ("pays", models.CharField(max_length=3)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("opening_rupiah", models.BigIntegerField(null=True)),
                ("closing_rupiah", models.BigIntegerField(null=True)),
                ("proved", models.BooleanField()),
                ("line_count", models.IntegerField()),
                ("known_count", models.IntegerField()),
                ("received_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.IntegerField()),
                ("identity", models.CharField(max_length=64)),
                ("booked_on", models.DateField()),
                ("amount_rupiah", models.BigIntegerField()),
                ("counterparty", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=200)),
                ("text", models.CharField(max_length=500)),
                ("bank_id", models.CharField(max_length=100)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_reference_once",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_positive",
        ),
        migrations.AddField(
            model_name="payment",
            name="reason",
            field=models.CharField(db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="payment",
            name="takes_back",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to="billing.payment"),
        ),
        migrations.AddField(
            model_name="holding",
            name="government",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government"),
        ),
        migrations.AddField(
            model_name="holding",
            name="held_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="holding",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.paymentunit"),
        ),
        migrations.AddField(
            model_name="receipt",
            name="government",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government"),
        ),
        migrations.AddField(
            model_name="receipt",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="unit",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="places.paymentunit"),
        ),
        migrations.AddField(
            model_name="holding",
            name="receipt",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="billing.receipt"),
        ),
        migrations.AddField(
            model_name="payment",
            name="receipt",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="billing.receipt"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="payment",
            name="receipt",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="billing.receipt"),
        ),
        migrations.RemoveField(
            model_name="payment",
            name="reference",
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_rupiah__gt", 0), ("takes_back__isnull", True)),
                    models.Q(("amount_rupiah__lt", 0), ("takes_back__isnull", False)),
                    _connector="OR",
                ),
                name="payment_or_taken_back",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="government",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.government"),
        ),
        migrations.AddField(
            model_name="refund",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="proposal",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="approvals.proposal"),
        ),
        migrations.AddField(
            model_name="refund",
            name="receipt",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="billing.receipt"),
        ),
        migrations.AddField(
            model_name="statement",
            name="file",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="files.keptfile"),
        ),
        migrations.AddField(
            model_name="statement",
            name="government",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.government"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="received_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="government",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="places.government"
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="receipt",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to="billing.receipt"),
        ),
        migrations.AddField(
            model_name="statementline",
            name="statement",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="billing.statement"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("from_bank", False)),
                fields=("government", "reference"),
                name="typed_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(condition=models.Q(("amount_rupiah__gt", 0)), name="receipt_positive"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(condition=models.Q(("amount_rupiah__gt", 0)), name="refund_positive"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("government", "file", "account", "first_on"), name="statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("pays__in", ["out", "in"])), name="statement_pays_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("government", "identity"), name="statement_line_once"),
        ),
    ]
