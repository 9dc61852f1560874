import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="area")),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("product", "Product"),
                                ("service", "Service"),
                                ("sales", "Sales"),
                                ("marketing", "Marketing"),
                                ("pr", "PR"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), django.db.models.functions.text.Lower("name"), name="one_area_of_a_name"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="causes", to="triage.area"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="cause")),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("area"),
                        django.db.models.functions.text.Lower("name"),
                        name="one_cause_of_a_name",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CauseLesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
                ("taught_at", models.DateTimeField()),
                ("examples", models.IntegerField()),
                ("accuracy", models.FloatField()),
                ("stored_as", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_lesson_a_workspace")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RiskVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
                ("number", models.IntegerField()),
                ("weights", models.JSONField()),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("tried_cases", models.IntegerField(default=0)),
                ("moved_up", models.IntegerField(default=0)),
                ("moved_down", models.IntegerField(default=0)),
                ("in_force_since", models.DateTimeField(null=True)),
                (
                    "switched_on_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("in_force_since__isnull", False)),
                        fields=["workspace", "-in_force_since"],
                        name="risk_versions_in_force",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "number"), name="one_risk_version_a_number")
                ],
            },
        ),
    ]
