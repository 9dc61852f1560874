import django.contrib.postgres.fields
import django.contrib.postgres.indexes
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
            name="Person",
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
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("about", models.TextField(blank=True, verbose_name="about")),
                ("zone", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="absorbed",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "id"], name="person_in_workspace"),
                    models.Index(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("name"), name="text_pattern_ops"
                        ),
                        condition=models.Q(("name", ""), _negated=True),
                        name="person_by_name",
                    ),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Identity",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identities", to="people.person"
                    ),
                ),
                ("channel", models.CharField(max_length=40)),
                ("native_id", models.CharField(max_length=320)),
                ("handle", models.CharField(blank=True, max_length=320)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("email", models.CharField(blank=True, max_length=320)),
                ("followers", models.BigIntegerField(null=True)),
                ("verified", models.BooleanField(default=False)),
                ("ours", models.BooleanField(default=False)),
                ("first_seen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "person"], name="identities_of_person"),
                    models.Index(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("handle"), name="text_pattern_ops"
                        ),
                        name="identity_by_handle",
                    ),
                    models.Index(
                        models.F("workspace"),
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("name"), name="text_pattern_ops"
                        ),
                        name="identity_by_name",
                    ),
                    models.Index(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=["workspace", "email"],
                        name="identity_by_email",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "channel", "native_id"), name="one_identity_a_native_id"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonMerge",
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "absorbed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("absorbed_name", models.CharField(db_default="", max_length=320)),
                ("name_before", models.CharField(max_length=200, null=True)),
                ("about_before", models.TextField(null=True)),
                ("zone_before", models.CharField(max_length=64, null=True)),
                (
                    "identities",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("evidence", models.TextField(blank=True)),
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
                "indexes": [models.Index(fields=["workspace", "kept"], name="merges_of_person")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ControlProof",
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
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.identity"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                ("code_digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "proven_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.identity"
                    ),
                ),
                ("proven_at", models.DateTimeField(null=True)),
                (
                    "merge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.personmerge",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("proven_at", None)), fields=["expires_at"], name="proofs_waited_for"
                    )
                ],
                "constraints": [],
            },
        ),
    ]
