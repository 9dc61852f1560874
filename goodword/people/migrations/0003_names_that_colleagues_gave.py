import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_BATCH = 5_000  # people, so that no row stays locked for long

_MERGES = """
UPDATE people_personmerge m SET absorbed_name = p.name FROM people_person p
 WHERE p.id = m.absorbed_id AND m.absorbed_name = ''
"""
# What an account says of itself is read from the account; the copy that was made at first sight goes. The accounts of
# somebody who was merged away are another's now: the merge knows which they were.
_EMPTY = """
UPDATE people_person p SET name = ''
 WHERE p.id >= %(first)s AND p.id < %(first)s + %(batch)s AND p.name <> '' AND (
       EXISTS (SELECT FROM people_identity i WHERE i.person_id = p.id AND p.name IN (i.name, left(i.handle, 200)))
    OR EXISTS (SELECT FROM people_personmerge m JOIN people_identity i ON i.id = ANY (m.identities)
                WHERE m.absorbed_id = p.id AND p.name IN (i.name, left(i.handle, 200))))
"""


def empty_copied_names(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_MERGES)
        cursor.execute("SELECT min(id), max(id) FROM people_person")
        lowest, highest = cursor.fetchone()
        for first in range(lowest or 0, (highest or -1) + 1, _BATCH):
            cursor.execute(_EMPTY, {"first": first, "batch": _BATCH})


class Migration(migrations.Migration):
    atomic = False  # an index of a table in use is made without locking it, and rows are rewritten in batches

    dependencies = [("people", "0002_zone_of_a_person")]

    operations = [
        migrations.AddField(
            model_name="personmerge",
            name="absorbed_name",
            field=models.CharField(db_default="", max_length=320),
        ),
        migrations.RunPython(empty_copied_names, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(
                models.F("workspace"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("name"), name="text_pattern_ops"
                ),
                condition=models.Q(("name", ""), _negated=True),
                name="person_by_name",
            ),
        ),
    ]
