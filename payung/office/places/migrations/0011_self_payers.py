"""Workers who pay themselves have a payment unit of their own kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0010_letterhead_promises"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paymentunit",
            name="kind",
            field=models.CharField(choices=[("npp", "npp"), ("group", "group"), ("self", "self")], max_length=5),
        ),
    ]
