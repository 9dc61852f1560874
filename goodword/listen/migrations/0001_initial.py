import django.contrib.postgres.fields
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
            name="Source",
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
                ("connector_key", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("settings", models.JSONField(default=dict)),
                ("sealed_secrets", models.BinaryField(default=b"")),
                ("sealed_earlier", models.BinaryField(db_default=b"", default=b"")),
                ("earlier_until", models.DateTimeField(null=True)),
                ("cursor", models.JSONField(default=dict)),
                ("understood_id", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listening", "listening"),
                            ("failing", "failing"),
                            ("stopped", "stopped"),
                            ("finished", "finished"),
                        ],
                        default="listening",
                        max_length=10,
                    ),
                ),
                ("error", models.TextField(blank=True)),
                ("last_heard_at", models.DateTimeField(null=True)),
                ("last_alive_at", models.DateTimeField(null=True)),
                ("learned", models.JSONField(db_default={}, default=dict)),
                ("quotas", models.JSONField(db_default=[], default=list)),
                ("quiet_since", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_source_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HeardHour",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="heard_hours",
                        to="listen.source",
                    ),
                ),
                ("hour", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "hour"), name="one_heard_hour")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="import_runs", to="listen.source"
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("read", models.BigIntegerField(default=0)),
                ("duplicates", models.BigIntegerField(default=0)),
                ("rejected", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "source"], name="imports_of_source")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RawItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="staff.workspace",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.source",
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.importrun",
                    ),
                ),
                ("delivery_id", models.CharField(max_length=400)),
                ("body", models.BinaryField()),
                ("content_type", models.CharField(max_length=100)),
                ("received_at", models.DateTimeField()),
                ("rejected_because", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source", "id"], name="raw_in_order"),
                    models.Index(
                        condition=models.Q(("rejected_because", ""), _negated=True),
                        fields=["workspace", "source", "id"],
                        name="raw_rejected",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "source", "delivery_id"), name="one_raw_item_a_delivery"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.source",
                    ),
                ),
                ("native_id", models.CharField(max_length=400, null=True)),
                (
                    "joined_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined",
                        to="listen.thread",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("native_id__isnull", False)),
                        fields=("workspace", "source", "native_id"),
                        name="one_thread_a_native_id",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Mention",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.source",
                    ),
                ),
                (
                    "raw",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="listen.rawitem"
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="listen.thread",
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
                ("channel", models.CharField(max_length=40)),
                ("external_id", models.CharField(max_length=400)),
                ("parent_external_id", models.CharField(blank=True, max_length=400)),
                (
                    "references",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=400), default=list, size=None
                    ),
                ),
                ("thread_scope", models.CharField(blank=True, max_length=320)),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=3)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("post", "post"),
                            ("reply", "reply"),
                            ("repost", "repost"),
                            ("review", "review"),
                            ("mail", "mail"),
                            ("chat", "chat"),
                        ],
                        max_length=10,
                    ),
                ),
                ("private", models.BooleanField(default=False)),
                ("automatic", models.BooleanField(default=False)),
                ("title", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                (
                    "addressed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=320), default=list, size=None
                    ),
                ),
                ("lang", models.CharField(blank=True, max_length=16)),
                ("url", models.TextField(blank=True)),
                ("rating", models.FloatField(null=True)),
                ("extra", models.JSONField(default=dict)),
                ("reading", models.JSONField(null=True)),
                (
                    "sentiment",
                    models.SmallIntegerField(choices=[(-1, "negative"), (0, "neutral"), (1, "positive")], null=True),
                ),
                ("read_lang", models.CharField(max_length=8, null=True)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "disposition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("case", "part of a case"),
                            ("answered", "answered"),
                            ("no_reply_needed", "no reply needed"),
                            ("spam", "spam"),
                            ("praise_kept", "praise, kept"),
                            ("own", "our own words"),
                        ],
                        max_length=16,
                    ),
                ),
                ("disposition_reason", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "thread", "at", "id"], name="mentions_of_thread"),
                    models.Index(fields=["workspace", "identity", "at"], name="mentions_of_identity"),
                    models.Index(fields=["workspace", "-at", "-id"], name="mentions_by_time"),
                    models.Index(
                        condition=models.Q(("disposition", "")), fields=["source", "id"], name="mentions_undecided"
                    ),
                    models.Index(
                        condition=models.Q(("parent_external_id", ""), _negated=True),
                        fields=["workspace", "source", "parent_external_id"],
                        name="mentions_by_parent",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "source", "external_id"), name="one_mention_an_external_id"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MentionEdit",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="listen.mention"
                    ),
                ),
                (
                    "raw",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="listen.rawitem",
                    ),
                ),
                ("text_before", models.TextField()),
                ("title_before", models.TextField(db_default="")),
                ("noticed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="listen.mention"
                    ),
                ),
                ("filename", models.CharField(max_length=255)),
                ("declared_type", models.CharField(blank=True, max_length=100)),
                ("sniffed_type", models.CharField(blank=True, max_length=100)),
                ("alt", models.TextField(blank=True)),
                ("inline_id", models.CharField(blank=True, max_length=255)),
                ("remote_url", models.TextField(blank=True)),
                ("stored_as", models.CharField(blank=True, max_length=100)),
                ("size", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "not looked at yet"), ("ready", "ready"), ("refused", "refused")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "stored_as"], name="attachments_by_name"),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="attachments_waiting"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Gap",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="listen.source",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("reason", models.TextField()),
                ("filled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "source", "-since"], name="gaps_of_source")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("source",), name="one_open_gap_a_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HookRefusal",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hook_refusals",
                        to="listen.source",
                    ),
                ),
                ("day", models.DateField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("unproven", "not proven to be from the network"),
                            ("replayed", "signed too long ago"),
                            ("strange", "of another page or account"),
                            ("malformed", "could not be read"),
                            ("too_large", "too large"),
                            ("too_slow", "too slow"),
                            ("wrong_method", "of a kind that the network doesn't make"),
                            ("stopped", "came while the source was stopped"),
                            ("faulty", "the connector broke on it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("count", models.PositiveBigIntegerField()),
                ("last_at", models.DateTimeField()),
                ("last_detail", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "day", "why"), name="one_refusal_a_day_and_reason")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
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
                ("name", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=4096)),
                ("active", models.BooleanField(default=True)),
                ("opens_cases", models.BooleanField(default=False)),
                ("alarm", models.BooleanField(default=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=0)),
                ("past_total", models.PositiveIntegerField(null=True)),
                ("past_seen", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="one_search_of_a_name")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SearchMatch",
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
                    "search",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.savedsearch",
                    ),
                ),
                (
                    "mention",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="listen.mention",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "search", "-at"], name="matches_of_search")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "mention", "search"), name="one_match_a_mention_and_search"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWatch",
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
                    "search",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="listen.savedsearch"
                    ),
                ),
                ("bin_index", models.BigIntegerField()),
                ("state", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SearchBurst",
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
                    "search",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bursts",
                        to="listen.savedsearch",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                ("observed", models.FloatField()),
                ("expected", models.FloatField()),
                ("confidence", models.FloatField()),
                ("typical", models.JSONField(db_default=[], default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "search", "noticed_at"), name="one_burst_of_a_search_at_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Exploration",
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
                ("text", models.CharField(blank=True, max_length=4096)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("step", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.JSONField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="explorations_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="one_exploration_a_question")
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
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
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spendings",
                        to="listen.source",
                    ),
                ),
                ("month", models.DateField()),
                ("what", models.CharField(max_length=60)),
                ("currency", models.CharField(max_length=3)),
                ("count", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=6, max_digits=16)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "month", "what", "currency"), name="one_spending_a_month_and_line"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TopicReview",
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
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField()),
                ("looked_at", models.PositiveIntegerField()),
                ("newest_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="one_topic_review_a_workspace")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("place", models.PositiveSmallIntegerField()),
                (
                    "phrases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None),
                ),
                (
                    "wordings",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None),
                ),
                ("search", models.CharField(max_length=4096)),
                ("mentions", models.PositiveIntegerField()),
                ("voices", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("negative", models.PositiveIntegerField()),
                ("neutral", models.PositiveIntegerField()),
                ("positive", models.PositiveIntegerField()),
                ("is_new", models.BooleanField()),
                ("is_rising", models.BooleanField()),
                ("growth", models.FloatField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None),
                ),
                ("typical", models.JSONField()),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "place"], name="topics_in_order")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TopicBurst",
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
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bursts",
                        to="listen.topic",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                ("observed", models.FloatField()),
                ("expected", models.FloatField()),
                ("confidence", models.FloatField()),
                ("typical", models.JSONField(db_default=[], default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "topic", "noticed_at"), name="one_burst_of_a_topic_at_once"
                    )
                ],
                "indexes": [],
            },
        ),
    ]
