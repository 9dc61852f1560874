from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0002_cause_of_a_case"),
        ("promises", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="promises",
            field=models.ManyToManyField(related_name="+", to="promises.promise"),
        ),
    ]
