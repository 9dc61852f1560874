from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it

    dependencies = [("care", "0005_make_goods")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("kind", "reply"), ("private", False)),
                fields=["workspace", "-at"],
                name="public_replies_by_time",
            ),
        ),
    ]
