from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learn", "0005_told_over")]

    operations = [
        migrations.AddField(model_name="improvement", name="in_place_said_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="improvement", name="taken_out_at", field=models.DateTimeField(null=True)),
    ]
