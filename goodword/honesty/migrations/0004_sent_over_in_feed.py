from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it; alone, so that it can be begun again

    dependencies = [("honesty", "0003_adverts_and_budgets")]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS sent_over_in_feed", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "sentover", models.Index(fields=["workspace", "feed", "flag", "-at"], name="sent_over_in_feed")
        ),
    ]
