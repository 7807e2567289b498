"""A line of an account tells how many parts of its task are late, and what their units said of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0015_because")]

    operations = [
        migrations.AddField(
            model_name="accountline", name="parts_late", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="accountline", name="parts_delay", field=models.TextField(blank=True, default="")
        ),
    ]
