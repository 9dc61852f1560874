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
            name="DraftCheck",
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
                ("key", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
                ("public", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.JSONField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="draft_checks_by_age")],
                "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="one_check_a_draft")],
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
                (
                    "flag",
                    models.CharField(
                        choices=[
                            ("private", "A customer's data, for all to read"),
                            ("secret", "A secret, or a confidential word"),
                            ("contradicts", "Against what we say at present"),
                            ("advert", "An advert that doesn't say so"),
                            ("article", "Against the knowledge base"),
                            ("told", "Against what we told this customer"),
                            ("blame", "Blame"),
                            ("excuse", "An excuse"),
                            ("overpromise", "More than we can promise"),
                            ("sell", "Selling to who came for help"),
                            ("cold", "A brush-off"),
                            ("repeated", "The same words to many"),
                            ("budget", "More offers than this channel's readers should see"),
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
                            ("hold", "holds: sent with a reason, once somebody else has approved it"),
                            ("block", "blocks: sent only with a reason in own words, and leads are told"),
                        ],
                        max_length=5,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "flag"), name="one_policy_a_flag")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HouseRules",
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
                ("confidential", models.TextField(blank=True)),
                ("same_hours", models.PositiveSmallIntegerField(default=24)),
                ("same_cases", models.PositiveSmallIntegerField(default=5)),
                ("most_offers", models.PositiveSmallIntegerField(default=1)),
                ("offer_days", models.PositiveSmallIntegerField(default=30)),
                ("feed_offers", models.PositiveSmallIntegerField(db_default=3, default=3)),
                (
                    "approver",
                    models.CharField(
                        choices=[("lead", "a lead"), ("agent", "any other agent")],
                        db_default="lead",
                        default="lead",
                        max_length=5,
                    ),
                ),
                ("feed_days", models.PositiveSmallIntegerField(db_default=7, default=7)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_set_of_house_rules")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SentOver",
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
                    "flag",
                    models.CharField(
                        choices=[
                            ("private", "A customer's data, for all to read"),
                            ("secret", "A secret, or a confidential word"),
                            ("contradicts", "Against what we say at present"),
                            ("advert", "An advert that doesn't say so"),
                            ("article", "Against the knowledge base"),
                            ("told", "Against what we told this customer"),
                            ("blame", "Blame"),
                            ("excuse", "An excuse"),
                            ("overpromise", "More than we can promise"),
                            ("sell", "Selling to who came for help"),
                            ("cold", "A brush-off"),
                            ("repeated", "The same words to many"),
                            ("budget", "More offers than this channel's readers should see"),
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
                            ("hold", "holds: sent with a reason, once somebody else has approved it"),
                            ("block", "blocks: sent only with a reason in own words, and leads are told"),
                        ],
                        max_length=5,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
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
                ("case_number", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=60)),
                ("feed", models.CharField(blank=True, db_default="", max_length=40)),
                ("undone", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "-at"], name="sent_over_by_time"),
                    models.Index(fields=["workspace", "person", "flag", "-at"], name="sent_over_to_person"),
                    models.Index(fields=["workspace", "subject"], name="sent_over_by_subject"),
                    models.Index(fields=["workspace", "feed", "flag", "-at"], name="sent_over_in_feed"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("words", models.CharField(max_length=600, verbose_name="what we say")),
                ("about", models.CharField(max_length=2000, verbose_name="what it is about")),
                ("denies", models.CharField(max_length=2000, verbose_name="what no reply may say")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
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
                ("declared_for", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "withdrawn_at", "-since"], name="statements_in_force")],
                "constraints": [],
            },
        ),
    ]
