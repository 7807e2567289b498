"""A PDF of what is public belongs to nobody: it is drawn once, for everybody."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_spine"), ("printing", "0001_jobs")]

    operations = [
        migrations.AlterField(
            model_name="printjob",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.person"
            ),
        ),
    ]
