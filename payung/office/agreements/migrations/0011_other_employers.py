"""A private employer is a fund of its own kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0010_paper_promises"),
        ("places", "0011_self_payers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="fund",
            name="fund_kind_known",
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("APBN", "APBD", "APBDES", "DBHCHT", "TPP", "CSR", "BAZNAS", "self", "employer"))
                ),
                name="fund_kind_known",
            ),
        ),
    ]
