import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
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
                ("slug", models.SlugField(max_length=80)),
                ("title", models.CharField(max_length=120, verbose_name="question")),
                ("text", models.TextField(verbose_name="answer")),
                (
                    "readers",
                    models.CharField(
                        choices=[("inside", "Our team"), ("public", "Everybody")], default="inside", max_length=6
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("review_on", models.DateField(verbose_name="review")),
                ("contradicted_at", models.DateTimeField(null=True)),
                (
                    "contradicted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("contradiction", models.CharField(blank=True, max_length=300)),
                ("inserted", models.IntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="article_words"),
                    models.Index(
                        condition=models.Q(("archived_at", None)),
                        fields=["workspace", "review_on"],
                        name="articles_by_review",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("workspace", "slug"), name="one_article_a_slug")],
            },
        ),
    ]
