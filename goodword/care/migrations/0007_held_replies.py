from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it

    dependencies = [("care", "0006_public_replies")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="delivery",
            field=models.CharField(
                blank=True,
                choices=[
                    ("held", "waits for approval"),
                    ("queued", "sending soon"),
                    ("sending", "sending"),
                    ("sent", "sent"),
                    ("delivered", "delivered"),
                    ("read", "seen"),
                    ("failed", "not sent"),
                    ("undone", "undone"),
                ],
                max_length=10,
            ),
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("delivery", "held")), fields=["workspace", "at"], name="replies_held"
            ),
        ),
    ]
