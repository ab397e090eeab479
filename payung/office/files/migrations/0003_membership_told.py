"""What a row tells of a membership: since which day, and through which month it is paid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_area")]
    operations = [
        migrations.AddField(model_name="row", name="member_since", field=models.DateField(null=True)),
        migrations.AddField(model_name="row", name="paid_until", field=models.DateField(null=True)),
    ]
