from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FactRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("workspace_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=60)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "kernel_fact",
                "indexes": [
                    models.Index(fields=["workspace_id", "subject", "id"], name="fact_of_subject"),
                    models.Index(fields=["workspace_id", "kind", "id"], name="fact_of_kind"),
                ],
                "constraints": [],
            },
        ),
    ]
