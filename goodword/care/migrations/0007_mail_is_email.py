"""Mail has one channel, `email`: what mailboxes heard was called after their connector, what archives held was not."""

from __future__ import annotations

from django.db import migrations

# Somebody who wrote to both has an identity in each: both stay, and what comes from now on is theirs in `email`.
_RENAME = """
UPDATE listen_source SET channel = 'email' WHERE channel = 'mail' AND connector_key = 'mail';
UPDATE listen_mention m SET channel = 'email' FROM listen_source s
 WHERE m.source_id = s.id AND s.connector_key = 'mail' AND m.channel = 'mail';
UPDATE care_case c SET channel = 'email' FROM listen_source s
 WHERE c.source_id = s.id AND s.connector_key = 'mail' AND c.channel = 'mail';
UPDATE people_identity i SET channel = 'email' WHERE channel = 'mail' AND NOT EXISTS (
    SELECT FROM people_identity other
     WHERE other.workspace_id = i.workspace_id AND other.channel = 'email' AND other.native_id = i.native_id
);
UPDATE care_savedview SET query = regexp_replace(query, '(^|&)channel=mail(&|$)', '\\1channel=email\\2')
 WHERE query ~ '(^|&)channel=mail(&|$)';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0006_troubles"),
        ("listen", "0005_saved_searches"),
        ("people", "0002_found_by_name"),
    ]

    operations = [migrations.RunSQL(_RENAME, migrations.RunSQL.noop)]
