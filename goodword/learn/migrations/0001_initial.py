import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("care", "0001_initial"),
        ("community", "0001_initial"),
        ("staff", "0001_initial"),
        ("triage", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CauseArticle",
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
                    "cause",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="triage.cause"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="community.article"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "cause"), name="one_answer_a_cause")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Problem",
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
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("about", models.TextField(blank=True, verbose_name="what is known")),
                (
                    "cause",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="triage.cause"),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "-opened_at", "-id"], name="problems_by_time")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ProblemCase",
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
                    "problem",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="learn.problem",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                ("linked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "problem", "case"), name="case_once_a_problem")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
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
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="improvements", to="learn.problem"
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what is done")),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("days", models.SmallIntegerField(default=28, verbose_name="days that are compared")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("watched", "In place, complaints are watched"),
                            ("fixed", "Fixed: the complaints stopped"),
                            ("unproven", "In place, the complaints go on"),
                            ("back", "Came back"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("in_place_at", models.DateTimeField(null=True)),
                ("in_place_said_at", models.DateTimeField(null=True)),
                ("taken_out_at", models.DateTimeField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("evidence", models.JSONField(null=True)),
                ("times_back", models.SmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "stage", "due_on"], name="improvements_by_stage"),
                    models.Index(
                        condition=models.Q(("stage", "watched")), fields=["in_place_at"], name="improvements_watched"
                    ),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Told",
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
                    "improvement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="learn.improvement",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.message",
                    ),
                ),
                ("over", models.JSONField(null=True)),
                ("refused", models.CharField(blank=True, max_length=300)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("settled_at", None)), fields=["asked_at"], name="told_waiting")
                ],
                "constraints": [models.UniqueConstraint(fields=("workspace", "improvement", "case"), name="told_once")],
            },
        ),
        migrations.CreateModel(
            name="LetterReader",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("product", "Product"),
                            ("service", "Service"),
                            ("sales", "Sales"),
                            ("marketing", "Marketing"),
                            ("pr", "PR"),
                        ],
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="address")),
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["email"],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "audience", "email"), name="one_reader_a_letter")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MailedLetter",
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
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="learn.letterreader",
                    ),
                ),
                ("monday", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waits", "waits"),
                            ("sending", "perhaps sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                        ],
                        default="waits",
                        max_length=10,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("says", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="letters_due")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "reader", "monday"), name="one_letter_a_week")
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
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
                ("measure", models.CharField(max_length=20)),
                ("value", models.FloatField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "measure"), name="one_target_a_measure")],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="cases",
            field=models.ManyToManyField(related_name="+", through="learn.ProblemCase", to="care.case"),
        ),
    ]
