"""A run may be what one unit pays in advance, up to a month to come."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0010_paper_promises"),
        ("approvals", "0004_promises"),
        ("billing", "0011_credit_notes"),
        ("places", "0010_letterhead_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="billrun",
            name="one_draft_of_a_month",
        ),
        migrations.AddField(
            model_name="billrun",
            name="budget_line",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="agreements.budgetline"
            ),
        ),
        migrations.AddField(
            model_name="billrun",
            name="unit",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="places.paymentunit"
            ),
        ),
        migrations.AddField(
            model_name="billrun",
            name="until_month",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft"), ("until_month__isnull", True)),
                fields=("government", "month"),
                name="one_draft_of_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft"), ("until_month__isnull", False)),
                fields=("month", "unit", "budget_line"),
                name="one_draft_in_advance",
            ),
        ),
        migrations.AddConstraint(
            model_name="billrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("budget_line__isnull", True), ("unit__isnull", True), ("until_month__isnull", True)),
                    models.Q(
                        ("budget_line__isnull", False), ("unit__isnull", False), ("until_month__gt", models.F("month"))
                    ),
                    _connector="OR",
                ),
                name="advance_of_one_payer",
            ),
        ),
    ]
