"""A password that somebody else made must be changed before anything else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0012_all_roles")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(db_default=False, default=False),
        )
    ]
