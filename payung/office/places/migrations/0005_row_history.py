"""Changes of this room"s settings and reference data are kept."""

from django.db import migrations

from payung.office.access.row_history import forget_history, keep_history

TABLES = ("places_government", "places_opd", "places_paymentunit", "places_opdunit", "places_userarea")


class Migration(migrations.Migration):
    dependencies = [("places", "0004_villages"), ("access", "0011_row_history")]
    operations = [migrations.RunSQL("".join(map(keep_history, TABLES)), "".join(map(forget_history, TABLES)))]
