import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # indexes of a table in use are made without locking it

    dependencies = [
        ('care', '0001_initial'),
        ('staff', '0001_initial'),
        ('triage', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='cause',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='triage.cause'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('cause__isnull', False)), fields=['workspace', 'cause', '-last_message_at', '-id'], name='cases_of_cause'),
        ),
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('cause__isnull', False)), fields=['workspace', '-opened_at', 'cause'], name='causes_by_time'),
        ),
        migrations.CreateModel(
            name='CauseGuess',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='care.case')),
                ('chance', models.FloatField(default=0)),
                ('taught_at', models.DateTimeField()),
                ('cause', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='triage.cause')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.workspace')),
            ],
            options={'indexes': [models.Index(fields=['workspace', 'cause'], name='guesses_of_cause')]},
        ),
    ]
