from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0006_notices_of_rules"),
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
                    ("silent", "silent for longer than usual"),
                    ("learned", "the complaints have decided"),
                    ("unwatched", "nobody is there in our hours"),
                    ("due", "due soon"),
                    ("overdue", "overdue"),
                    ("promise_due", "a promise falls due soon"),
                    ("promise_broken", "a promise was not kept in time"),
                    ("sent_over", "sent although a check blocked it"),
                    ("make_good", "something is to be given"),
                    ("rule", "a rule tells you"),
                    ("rule_off", "a rule was switched off by its faults"),
                    ("approval", "a reply waits for approval"),
                    ("approved", "your reply was approved"),
                    ("sent_back", "your reply came back"),
                ],
                max_length=20,
            ),
        ),
    ]
