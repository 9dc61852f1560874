import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PresencePromise",
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
                ("channel", models.CharField(max_length=40, verbose_name="channel")),
                ("hours", models.CharField(blank=True, max_length=120, verbose_name="hours")),
                (
                    "answer_minutes",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20160),
                        ]
                    ),
                ),
                (
                    "days_a_week",
                    models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(7)]),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "channel"), name="one_presence_a_channel")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BrandPage",
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
                ("shown", models.BooleanField(default=False)),
                ("words", models.CharField(blank=True, max_length=600, verbose_name="words")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_page_a_brand")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                ("words", models.CharField(max_length=600)),
                ("due_words", models.CharField(blank=True, max_length=120)),
                ("due_at", models.DateTimeField(null=True)),
                ("zone", models.CharField(max_length=64)),
                ("conditional", models.BooleanField(default=False)),
                (
                    "standing",
                    models.CharField(
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
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("case_number", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("remind_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("evidence_key", models.CharField(blank=True, max_length=60)),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "standing", "due_at", "id"], name="promises_by_due"),
                    models.Index(fields=["workspace", "owner", "standing", "due_at", "id"], name="promises_of_owner"),
                    models.Index(fields=["workspace", "person", "-made_at"], name="promises_to_person"),
                    models.Index(fields=["workspace", "case_id", "-made_at"], name="promises_of_case"),
                    models.Index(
                        condition=models.Q(("standing", "open")), fields=["due_at"], name="promises_falling_due"
                    ),
                    models.Index(
                        condition=models.Q(("standing", "open")), fields=["remind_at"], name="promises_to_remind_of"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", False), ("standing__in", ["said", "withdrawn"]), _connector="OR"
                        ),
                        name="a_confirmed_promise_is_due",
                    )
                ],
            },
        ),
    ]
