"""A line of an account tells the reason that was given for the state of its task."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0014_account_paper")]

    operations = [
        migrations.AddField(model_name="accountline", name="because", field=models.TextField(blank=True, default="")),
    ]
