from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listen', '0005_refused_webhooks'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchburst',
            name='typical',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='topicburst',
            name='typical',
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
