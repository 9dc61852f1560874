from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0002_presence")]

    operations = [
        migrations.AlterField(
            model_name="promise",
            name="standing",
            field=models.CharField(
                choices=[
                    ("said", "said, not confirmed"),
                    ("open", "to be kept"),
                    ("kept", "kept"),
                    ("kept_late", "kept late"),
                    ("renegotiated", "renegotiated before it was due"),
                    ("broken", "broken"),
                    ("withdrawn", "taken back, the reply did not arrive"),
                ],
                default="open",
                max_length=12,
            ),
        )
    ]
