from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learn", "0004_letters_by_mail")]

    operations = [migrations.AddField(model_name="told", name="over", field=models.JSONField(null=True))]
