"""Changes of this room"s settings and reference data are kept."""

from django.db import migrations

from payung.office.access.row_history import forget_history, keep_history

TABLES = ("agreements_agreement", "agreements_fund", "agreements_budgetline")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_area"), ("access", "0011_row_history")]
    operations = [migrations.RunSQL("".join(map(keep_history, TABLES)), "".join(map(forget_history, TABLES)))]
