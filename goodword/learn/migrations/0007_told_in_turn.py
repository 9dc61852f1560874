from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learn", "0006_in_place_is_said_once")]

    operations = [migrations.AddField(model_name="told", name="due_at", field=models.DateTimeField(null=True))]
