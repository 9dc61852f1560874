from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listen', '0003_intake_without_lookups'),
    ]

    operations = [
        migrations.AddField(
            model_name='mention',
            name='read_lang',
            field=models.CharField(max_length=8, null=True),
        ),
        migrations.AddField(
            model_name='mention',
            name='sentiment',
            field=models.SmallIntegerField(choices=[(-1, 'negative'), (0, 'neutral'), (1, 'positive')], null=True),
        ),
    ]
