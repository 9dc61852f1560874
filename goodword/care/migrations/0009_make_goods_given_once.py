from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it

    dependencies = [("care", "0008_word_of_a_reply")]

    operations = [
        migrations.AddField(
            model_name="makegood", name="idempotency_key", field=models.CharField(max_length=80, null=True)
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY one_make_good_a_key ON care_makegood "
                    "(workspace_id, idempotency_key) WHERE idempotency_key IS NOT NULL",
                    "DROP INDEX CONCURRENTLY one_make_good_a_key",
                )
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name="makegood",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("idempotency_key__isnull", False)),
                        fields=("workspace", "idempotency_key"),
                        name="one_make_good_a_key",
                    ),
                )
            ],
        ),
    ]
