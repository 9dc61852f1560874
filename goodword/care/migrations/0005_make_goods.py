import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0004_cases_by_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MakeGood",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("offered_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MakeGoodBudget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                ("a_month", models.DecimalField(decimal_places=2, default=Decimal("500"), max_digits=11)),
                ("without_asking", models.DecimalField(decimal_places=2, default=Decimal("20"), max_digits=9)),
            ],
        ),
        migrations.AddField(
            model_name="makegood",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="make_goods", to="care.case"
            ),
        ),
        migrations.AddField(
            model_name="makegood",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="makegood",
            name="offered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="makegood",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.workspace"
            ),
        ),
        migrations.AddField(
            model_name="makegoodbudget",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="makegood",
            index=models.Index(fields=["workspace", "-offered_at"], name="make_goods_by_time"),
        ),
        migrations.AddIndex(
            model_name="makegood",
            index=models.Index(fields=["workspace", "case"], name="make_goods_of_case"),
        ),
        migrations.AddConstraint(
            model_name="makegoodbudget",
            constraint=models.UniqueConstraint(fields=("workspace",), name="one_budget_of_make_goods"),
        ),
    ]
