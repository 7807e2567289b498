"""A body's rules say whether its decisions can change those of other bodies of its unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0012_changes_below")]

    operations = [
        migrations.AddField(
            model_name="rulesofprocedure", name="changes_beside", field=models.BooleanField(default=False)
        ),
    ]
