import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0007_mail_is_email'),
        ('listen', '0005_saved_searches'),
        ('staff', '0002_notices_of_bursts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worth', models.SmallIntegerField()),
                ('mention', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.mention')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['-worth', 'id'], name='second_looks_by_worth')],
            },
        ),
    ]
