"""A body's rules say whether its decisions can change those of bodies below."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0011_running_result")]

    operations = [
        migrations.AddField(
            model_name="rulesofprocedure", name="changes_below", field=models.BooleanField(default=False)
        ),
    ]
