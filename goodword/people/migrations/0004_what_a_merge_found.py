from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_names_that_colleagues_gave")]

    operations = [
        migrations.AddField(
            model_name="personmerge", name="about_before", field=models.TextField(null=True)
        ),
        migrations.AddField(
            model_name="personmerge", name="name_before", field=models.CharField(max_length=200, null=True)
        ),
        migrations.AddField(
            model_name="personmerge", name="zone_before", field=models.CharField(max_length=64, null=True)
        ),
    ]
