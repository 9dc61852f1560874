from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
