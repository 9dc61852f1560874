from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentioned", "mentioned you"),
                    ("assigned", "assigned to you"),
                    ("disputed", "not solved, says the customer"),
                    ("failed", "a reply failed"),
                    ("waiting", "a customer is waiting in the chat"),
                    ("burst", "talked about more than usual"),
                    ("promise_due", "a promise falls due soon"),
                    ("promise_broken", "a promise was not kept in time"),
                ],
                max_length=20,
            ),
        ),
    ]
