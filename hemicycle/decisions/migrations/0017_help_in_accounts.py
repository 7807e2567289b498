"""A line of an account tells what help its unit needs, and when it expects to be done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0016_parts_late")]

    operations = [
        migrations.AddField(
            model_name="accountline", name="help_needed", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(model_name="accountline", name="expected", field=models.DateField(null=True)),
    ]
