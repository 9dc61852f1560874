from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0007_held_replies")]

    operations = [migrations.AddField(model_name="message", name="word", field=models.JSONField(null=True))]
