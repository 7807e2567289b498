from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('live', '0002_result_by_unit'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hallscreen',
            name='shows',
            field=models.CharField(choices=[('follows', 'what goes on, by itself'), ('agenda', 'the agenda'), ('item', 'the item and its text'), ('speaker', 'who speaks, and who is next'), ('question', 'the question that is voted on'), ('result', 'the last result'), ('seats', 'the last result by seat'), ('groups', 'the last result by group'), ('units', 'the last result by unit'), ('message', 'a message'), ('countdown', 'a countdown'), ('welcome', 'a welcome'), ('break', 'a break')], default='follows', max_length=16),
        ),
    ]
