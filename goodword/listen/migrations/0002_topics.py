# What people talk about that no search names yet: new tables only, so that nothing that is there is locked.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listen', '0001_initial'),
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('phrases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('wordings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('search', models.CharField(max_length=4096)),
                ('mentions', models.PositiveIntegerField()),
                ('voices', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('negative', models.PositiveIntegerField()),
                ('neutral', models.PositiveIntegerField()),
                ('positive', models.PositiveIntegerField()),
                ('is_new', models.BooleanField()),
                ('is_rising', models.BooleanField()),
                ('growth', models.FloatField()),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                ('typical', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='TopicBurst',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('noticed_at', models.DateTimeField()),
                ('observed', models.FloatField()),
                ('expected', models.FloatField()),
                ('confidence', models.FloatField()),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='bursts', to='listen.topic')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='TopicReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField()),
                ('looked_at', models.PositiveIntegerField()),
                ('newest_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.workspace')),
            ],
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['workspace', 'place'], name='topics_in_order'),
        ),
        migrations.AddConstraint(
            model_name='topicburst',
            constraint=models.UniqueConstraint(fields=('workspace', 'topic', 'noticed_at'), name='one_burst_of_a_topic_at_once'),
        ),
        migrations.AddConstraint(
            model_name='topicreview',
            constraint=models.UniqueConstraint(fields=('workspace',), name='one_topic_review_a_workspace'),
        ),
    ]
