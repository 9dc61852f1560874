from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('care', '0003_promises_of_a_reply'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='case',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['workspace', 'next_due_at', 'id'], name='inbox_by_due'),
        ),
    ]
