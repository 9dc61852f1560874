from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it

    dependencies = [("process", "0010_who_lifted_a_hold")]

    operations = [
        migrations.AddField(
            model_name="stepdone", name="episode", field=models.SmallIntegerField(db_default=1, default=1)
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY a_step_once_a_round ON process_stepdone "
                    "(workspace_id, case_id, step_id, episode)",
                    "DROP INDEX CONCURRENTLY a_step_once_a_round",
                )
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name="stepdone",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "case", "step", "episode"), name="a_step_once_a_round"
                    ),
                )
            ],
        ),
        migrations.RemoveConstraint(model_name="stepdone", name="a_step_once_a_case"),
    ]
