from django.db import migrations, models

_FLAGS = [
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
]


class Migration(migrations.Migration):
    dependencies = [("honesty", "0002_held_drafts")]

    operations = [
        migrations.AddField("houserules", "feed_days", models.PositiveSmallIntegerField(db_default=7, default=7)),
        migrations.AddField("houserules", "feed_offers", models.PositiveSmallIntegerField(db_default=3, default=3)),
        migrations.AddField(
            "houserules",
            "approver",
            models.CharField(
                choices=[("lead", "a lead"), ("agent", "any other agent")],
                db_default="lead",
                default="lead",
                max_length=5,
            ),
        ),
        migrations.AddField("sentover", "feed", models.CharField(blank=True, db_default="", max_length=40)),
        migrations.AlterField("policy", "flag", models.CharField(choices=_FLAGS, max_length=20)),
        migrations.AlterField("sentover", "flag", models.CharField(choices=_FLAGS, max_length=20)),
    ]
