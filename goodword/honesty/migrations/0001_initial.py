import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_zone_of_a_person"),
        ("staff", "0005_notices_of_honesty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
                ("public", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.JSONField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="draft_checks_by_age")],
                "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="one_check_a_draft")],
            },
        ),
        migrations.CreateModel(
            name="HouseRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confidential", models.TextField(blank=True)),
                ("same_hours", models.PositiveSmallIntegerField(default=24)),
                ("same_cases", models.PositiveSmallIntegerField(default=5)),
                ("most_offers", models.PositiveSmallIntegerField(default=1)),
                ("offer_days", models.PositiveSmallIntegerField(default=30)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_set_of_house_rules")],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flag",
                    models.CharField(
                        choices=[
                            ("private", "A customer's data, for all to read"),
                            ("secret", "A secret, or a confidential word"),
                            ("contradicts", "Against what we say elsewhere"),
                            ("blame", "Blame"),
                            ("excuse", "An excuse"),
                            ("overpromise", "More than we can promise"),
                            ("sell", "Selling to who came for help"),
                            ("cold", "A brush-off"),
                            ("repeated", "The same words to many"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("off", "is left alone"),
                            ("warn", "warns: sent with a reason"),
                            ("block", "blocks: sent only with a reason in own words, and leads are told"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "flag"), name="one_policy_a_flag")],
            },
        ),
        migrations.CreateModel(
            name="SentOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "flag",
                    models.CharField(
                        choices=[
                            ("private", "A customer's data, for all to read"),
                            ("secret", "A secret, or a confidential word"),
                            ("contradicts", "Against what we say elsewhere"),
                            ("blame", "Blame"),
                            ("excuse", "An excuse"),
                            ("overpromise", "More than we can promise"),
                            ("sell", "Selling to who came for help"),
                            ("cold", "A brush-off"),
                            ("repeated", "The same words to many"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("off", "is left alone"),
                            ("warn", "warns: sent with a reason"),
                            ("block", "blocks: sent only with a reason in own words, and leads are told"),
                        ],
                        max_length=5,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("case_number", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=60)),
                ("undone", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
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
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "-at"], name="sent_over_by_time"),
                    models.Index(fields=["workspace", "person", "flag", "-at"], name="sent_over_to_person"),
                    models.Index(fields=["workspace", "subject"], name="sent_over_by_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=600, verbose_name="what we say")),
                ("about", models.CharField(max_length=2000, verbose_name="what it is about")),
                ("denies", models.CharField(max_length=2000, verbose_name="what no reply may say")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("declared_for", models.CharField(blank=True, max_length=60)),
                (
                    "declared_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "withdrawn_at", "-since"], name="statements_in_force")],
            },
        ),
    ]
