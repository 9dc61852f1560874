from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("listen", "0001_initial"),
        ("people", "0001_initial"),
        ("promises", "0001_initial"),
        ("staff", "0001_initial"),
        ("triage", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Label",
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_label_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Case",
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
                ("number", models.BigIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="listen.source",
                    ),
                ),
                ("channel", models.CharField(max_length=40)),
                (
                    "thread",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="listen.thread"
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.identity",
                    ),
                ),
                (
                    "opening_mention",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="listen.mention"
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("pending", "Waiting for the customer"),
                            ("snoozed", "Snoozed"),
                            ("resolved", "Resolved"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "priority",
                    models.SmallIntegerField(
                        choices=[(0, "None"), (1, "Low"), (2, "Medium"), (3, "High"), (4, "Urgent")], default=0
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="staff.team",
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="triage.cause",
                    ),
                ),
                ("risk", models.SmallIntegerField(default=0)),
                ("risk_parts", models.JSONField(default=list)),
                ("snippet", models.CharField(blank=True, max_length=160)),
                ("message_count", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("last_message_at", models.DateTimeField()),
                ("last_inbound_at", models.DateTimeField()),
                ("last_inbound_id", models.BigIntegerField(default=0)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("next_due_at", models.DateTimeField(null=True)),
                ("snoozed_until", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "continues",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="continued_by",
                        to="care.case",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="absorbed", to="care.case"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("labels", models.ManyToManyField(related_name="cases", to="care.label")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "state", "-last_message_at", "-id"], name="inbox_by_time"),
                    models.Index(
                        fields=["workspace", "state", "-risk", "-last_message_at", "-id"], name="inbox_by_risk"
                    ),
                    models.Index(
                        fields=["workspace", "assignee", "state", "-last_message_at", "-id"], name="inbox_of_agent"
                    ),
                    models.Index(
                        fields=["workspace", "team", "state", "-last_message_at", "-id"], name="inbox_of_team"
                    ),
                    models.Index(fields=["workspace", "identity", "-opened_at"], name="cases_of_identity"),
                    models.Index(fields=["workspace", "-last_message_at", "-id"], name="cases_by_time"),
                    models.Index(
                        condition=models.Q(("waiting_since__isnull", False)),
                        fields=["workspace", "waiting_since", "id"],
                        name="inbox_by_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("next_due_at__isnull", False)),
                        fields=["workspace", "next_due_at", "id"],
                        name="inbox_by_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "snoozed")), fields=["snoozed_until"], name="snoozed_cases"
                    ),
                    models.Index(
                        condition=models.Q(("cause__isnull", False)),
                        fields=["workspace", "cause", "-last_message_at", "-id"],
                        name="cases_of_cause",
                    ),
                    models.Index(
                        condition=models.Q(("cause__isnull", False)),
                        fields=["workspace", "-opened_at", "cause"],
                        name="causes_by_time",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("workspace", "number"), name="one_case_a_number")],
            },
        ),
        migrations.CreateModel(
            name="CaseSeen",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen_by", to="care.case"
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
                ("last_message_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "agent", "case"), name="seen_once_by_agent")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CauseGuess",
            fields=[
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="care.case",
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="triage.cause",
                    ),
                ),
                ("chance", models.FloatField(default=0)),
                ("taught_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "cause"], name="guesses_of_cause")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Episode",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="episodes", to="care.case"
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("first_response_at", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "We say it is solved"),
                            ("confirmed", "The customer says it is solved"),
                            ("disputed", "The customer says it is not solved"),
                            ("lapsed", "The customer did not answer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("customer_words", models.TextField(blank=True)),
                ("waited_seconds", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "-opened_at"], name="episodes_by_time"),
                    models.Index(
                        condition=models.Q(("resolution", "proposed")), fields=["resolved_at"], name="episodes_proposed"
                    ),
                    models.Index(
                        condition=models.Q(("resolution", "disputed")),
                        fields=["workspace", "case"],
                        name="episodes_disputed",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="one_episode_a_number")],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="care.case",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.episode"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("inbound", "from the customer"), ("reply", "reply"), ("note", "internal note")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "mention",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="listen.mention"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("private", models.BooleanField(default=False)),
                ("automatic", models.BooleanField(default=False)),
                (
                    "answers",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.message",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("reply", "reply"),
                            ("resolution", "resolution"),
                            ("survey", "survey"),
                            ("notice", "notice"),
                        ],
                        db_default="reply",
                        default="reply",
                        max_length=10,
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "waits for approval"),
                            ("queued", "sending soon"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("delivered", "delivered"),
                            ("read", "seen"),
                            ("failed", "not sent"),
                            ("undone", "undone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=80, null=True)),
                ("send_at", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("attempted_at", models.DateTimeField(null=True)),
                ("external_id", models.CharField(blank=True, max_length=400)),
                ("failure", models.TextField(blank=True)),
                ("word", models.JSONField(null=True)),
                ("promises", models.ManyToManyField(related_name="+", to="promises.promise")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "at", "id"], name="messages_of_case"),
                    models.Index(
                        condition=models.Q(("kind", "reply"), ("private", False)),
                        fields=["workspace", "-at"],
                        name="public_replies_by_time",
                    ),
                    models.Index(
                        condition=models.Q(("delivery__in", ["queued", "sending"])), fields=["send_at"], name="outbox"
                    ),
                    models.Index(
                        condition=models.Q(("delivery", "held")), fields=["workspace", "at"], name="replies_held"
                    ),
                    models.Index(
                        condition=models.Q(("delivery", "failed")), fields=["workspace", "case"], name="replies_failed"
                    ),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["workspace", "external_id"],
                        name="replies_by_external_id",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key__isnull", False)),
                        fields=("workspace", "idempotency_key"),
                        name="one_reply_a_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
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
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="care.message",
                    ),
                ),
                (
                    "draft_case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("filename", models.CharField(max_length=255)),
                ("media_type", models.CharField(max_length=100)),
                ("stored_as", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "stored_as"], name="enclosures_by_name")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Draft",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="care.case"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("inbound", "from the customer"), ("reply", "reply"), ("note", "internal note")],
                        default="reply",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("private", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "agent", "kind"), name="one_draft_of_a_kind")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Presence",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="care.case"
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("writing", models.BooleanField(default=False)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "agent"), name="present_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MakeGood",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="make_goods",
                        to="care.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refund", "money back"),
                            ("credit", "credit"),
                            ("voucher", "voucher"),
                            ("gift", "gift, or free delivery"),
                        ],
                        max_length=8,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a lead"),
                            ("approved", "to be given"),
                            ("given", "given"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("idempotency_key", models.CharField(max_length=80, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "-offered_at"], name="make_goods_by_time"),
                    models.Index(fields=["workspace", "case"], name="make_goods_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key__isnull", False)),
                        fields=("workspace", "idempotency_key"),
                        name="one_make_good_a_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MakeGoodBudget",
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
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                ("a_month", models.DecimalField(decimal_places=2, default=Decimal("500"), max_digits=11)),
                ("without_asking", models.DecimalField(decimal_places=2, default=Decimal("20"), max_digits=9)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_budget_of_make_goods")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CaseMerge",
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
                ("kind", models.CharField(choices=[("merge", "merge"), ("split", "split")], max_length=5)),
                (
                    "origin",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                (
                    "target",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                ("messages", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                (
                    "episodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("target_before", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CaseNumbers",
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
                ("last", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_counter_a_workspace")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ResolutionLink",
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
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="link", to="care.episode"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rating", to="care.episode"
                    ),
                ),
                ("solved", models.SmallIntegerField(null=True)),
                ("person", models.SmallIntegerField(null=True)),
                ("comment", models.TextField(blank=True)),
                ("way", models.CharField(choices=[("link", "by the link"), ("answer", "by answering")], max_length=6)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "-at"], name="ratings_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("solved__range", (1, 5)), ("solved", None), _connector="OR"),
                        name="solved_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__range", (1, 5)), ("person", None), _connector="OR"),
                        name="person_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("solved", None), _negated=True),
                        name="one_answer_at_least",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
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
                ("shortcut", models.SlugField(max_length=40, verbose_name="shortcut")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
                ("used", models.IntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "shortcut"), name="one_reply_a_shortcut")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
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
                ("query", models.CharField(max_length=1000)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "position", "id"], name="views_in_order")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
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
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="care.message",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case"),
                ),
                ("at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_words"),
                    models.Index(fields=["workspace", "-at", "-message"], name="search_by_time"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SecondLook",
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
                    "mention",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="listen.mention"
                    ),
                ),
                ("worth", models.SmallIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["-worth", "id"], name="second_looks_by_worth")],
                "constraints": [],
            },
        ),
    ]
