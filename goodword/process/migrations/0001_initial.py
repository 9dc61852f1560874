import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("care", "0001_initial"),
        ("people", "0001_initial"),
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldCase",
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
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "lifted_by",
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
                "constraints": [models.UniqueConstraint(fields=("workspace", "case"), name="one_hold_a_case")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Macro",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("key", models.SmallIntegerField(null=True)),
                ("actions", models.JSONField(default=list)),
            ],
            options={
                "ordering": [models.OrderBy(models.F("key"), nulls_last=True), "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "name"), name="one_macro_of_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)), fields=("workspace", "key"), name="one_macro_a_key"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MacroRun",
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
                    "macro",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="process.macro",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "case", "-at"], name="macros_of_case")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Policy",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("place", models.SmallIntegerField()),
                ("condition", models.JSONField(default=dict)),
                ("first_minutes", models.IntegerField(null=True)),
                ("next_minutes", models.IntegerField(null=True)),
                ("resolution_minutes", models.IntegerField(null=True)),
                ("in_business_time", models.BooleanField(default=True)),
                ("ladder", models.JSONField(default=list)),
                ("in_force_since", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["place", "pk"],
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_policy_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Clock",
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
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                ("episode", models.SmallIntegerField()),
                (
                    "timed",
                    models.CharField(
                        choices=[("first", "first"), ("next", "next"), ("resolution", "resolution")], max_length=10
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="process.policy",
                    ),
                ),
                ("policy_name", models.CharField(max_length=60)),
                ("target_seconds", models.BigIntegerField()),
                ("in_business_time", models.BooleanField()),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("events", models.JSONField(default=list)),
                ("climbed", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="clocks_to_look_at"
                    ),
                    models.Index(fields=["workspace", "ended_at"], name="clocks_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "case", "episode", "timed", "started_at"), name="one_clock_a_stretch"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityQuestion",
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
                ("words", models.CharField(max_length=160, verbose_name="question")),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "id"], name="quality_questions")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="QualityReview",
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
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("week", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("score", models.FloatField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "-at"], name="quality_reviews_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "agent", "week", "case"), name="one_review_a_case_and_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 1))), name="quality_score_is_a_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityAnswer",
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
                    "review",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="process.qualityreview",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="process.qualityquestion"
                    ),
                ),
                ("mark", models.SmallIntegerField(choices=[(0, "No"), (1, "Partly"), (2, "Yes")], null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "review", "question"), name="one_answer_a_question"),
                    models.CheckConstraint(
                        condition=models.Q(("mark__range", (0, 2)), ("mark", None), _connector="OR"),
                        name="quality_mark_0_to_2",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoutingPlan",
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
                    "team",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.team"),
                ),
                ("place", models.SmallIntegerField()),
                ("condition", models.JSONField(default=dict)),
                ("words", models.JSONField(default=list)),
                ("takes_all", models.BooleanField(default=False)),
                (
                    "share",
                    models.CharField(
                        choices=[("least_loaded", "to whoever has least"), ("round_robin", "in turn")],
                        default="least_loaded",
                        max_length=12,
                    ),
                ),
                ("keeps_person", models.BooleanField(default=True)),
                ("needs", models.JSONField(default=list)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overflow",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="staff.team"
                    ),
                ),
                ("on_since", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["place", "pk"],
                "constraints": [models.UniqueConstraint(fields=("workspace", "team"), name="one_plan_a_team")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Ability",
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
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("skills", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("most_open", models.SmallIntegerField(default=20)),
            ],
            options={
                "verbose_name_plural": "abilities",
                "constraints": [models.UniqueConstraint(fields=("workspace", "agent"), name="one_ability_an_agent")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Rule",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("place", models.SmallIntegerField()),
                (
                    "when",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("message", "message"),
                            ("reopened", "reopened"),
                            ("resolved", "resolved"),
                            ("disputed", "disputed"),
                            ("near", "near"),
                            ("missed", "missed"),
                            ("prioritised", "prioritised"),
                            ("labelled", "labelled"),
                            ("assigned", "assigned"),
                        ],
                        max_length=12,
                    ),
                ),
                ("condition", models.JSONField(default=dict)),
                ("actions", models.JSONField(default=list)),
                ("on_since", models.DateTimeField(null=True)),
                ("faults", models.SmallIntegerField(default=0)),
                ("fault", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["place", "pk"],
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_rule_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RuleRun",
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
                    "rule",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="process.rule"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                ("fact_id", models.BigIntegerField()),
                ("chain", models.JSONField(default=list)),
                ("first_fact", models.BigIntegerField(null=True)),
                ("last_fact", models.BigIntegerField(null=True)),
                ("did", models.JSONField(default=list)),
                ("fault", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "rule", "-at"], name="runs_of_rule"),
                    models.Index(fields=["workspace", "case", "-at"], name="runs_on_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "rule", "fact_id"), name="once_a_happening")
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleLook",
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
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                ("fact_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "case"), name="one_look_a_case")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RequiredStep",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("check", "a check to tick"),
                            ("field", "a field to fill"),
                            ("call", "a call back, with what was agreed"),
                        ],
                        default="check",
                        max_length=6,
                    ),
                ),
                ("place", models.SmallIntegerField()),
                ("condition", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["place", "pk"],
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_step_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StepDone",
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="process.requiredstep"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                ("episode", models.SmallIntegerField(db_default=1, default=1)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "case", "step", "episode"), name="a_step_once_a_round")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SurveyPlan",
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
                    "kind",
                    models.CharField(
                        choices=[("nps", "Recommending us (NPS)"), ("effort", "Making it easy (CES)")], max_length=6
                    ),
                ),
                ("a_week", models.SmallIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "kind"), name="one_survey_plan_a_kind")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Survey",
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
                    "kind",
                    models.CharField(
                        choices=[("nps", "Recommending us (NPS)"), ("effort", "Making it easy (CES)")], max_length=6
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
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
                ("refused", models.CharField(blank=True, max_length=300)),
                ("answer", models.SmallIntegerField(null=True)),
                ("comment", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "kind", "-asked_at"], name="surveys_by_time"),
                    models.Index(fields=["workspace", "person", "-asked_at"], name="surveys_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", None),
                            models.Q(("answer__range", (0, 10)), ("kind", "nps")),
                            models.Q(("answer__range", (1, 7)), ("kind", "effort")),
                            _connector="OR",
                        ),
                        name="survey_answer_on_its_scale",
                    )
                ],
            },
        ),
    ]
