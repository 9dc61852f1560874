"""Make what was said findable, some moments after it was said and never in its way."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

from django.db import DatabaseError, DataError, OperationalError, connection, transaction
from django.db.models import Max
from psycopg.errors import ProgramLimitExceeded

from goodword.care.models import Message, SearchDocument
from goodword.care.search_terms import vector

logger = logging.getLogger(__name__)

BATCH = 2_000
# A transaction that began early may commit messages late, with ids below others that are indexed already. The batch
# therefore looks back this far for gaps; `index_everything` finds what came later still.
LOOK_BACK = 50_000


def index_next(*, limit: int = BATCH) -> int:
    """Index the next messages that are not yet; how many. It may run twice at once, and after any interruption."""
    last = SearchDocument.objects.aggregate(last=Max("message"))["last"] or 0
    return _index_missing(after=last - LOOK_BACK, limit=limit)


def index_everything(*, limit: int = BATCH) -> int:
    """As `index_next`, but looks through all messages."""
    return _index_missing(after=0, limit=limit)


@transaction.atomic
def index_again(*, mention_ids: Collection[int]) -> None:
    """Index messages anew whose words have changed: they were edited or deleted where they were said."""
    messages = Message.objects.filter(mention__in=mention_ids).values_list("pk", flat=True)
    stale = SearchDocument.objects.filter(pk__in=list(messages)).values_list("pk", flat=True)
    _write(list(stale))


def _index_missing(*, after: int, limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [after, limit])
        missing = [pk for (pk,) in cursor.fetchall()]
    _write(missing)
    return len(missing)


def _write(message_ids: Collection[int]) -> None:
    if not message_ids:
        return
    said = Message.objects.filter(pk__in=message_ids).values_list("pk", "text", "mention__title", "mention__text")
    words = {pk: vector("\n".join(filter(None, (title, heard or text)))) for pk, text, title, heard in said}
    try:
        _write_vectors(words)
    except (DataError, OperationalError) as error:
        if not _is_refusal(error):
            raise
        for pk, written in words.items():
            _write_or_leave_empty(pk, written)


def _write_or_leave_empty(message_id: int, words: str) -> None:
    """One message that can't be indexed must not keep the others from being found, nor come back each time."""
    try:
        _write_vectors({message_id: words})
    except (DataError, OperationalError) as error:
        if not _is_refusal(error):
            raise
        logger.error("message %d can't be searched: the database refuses its words", message_id)
        _write_vectors({message_id: ""})


def _write_vectors(words: Mapping[int, str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(words), list(words.values())])


def _is_refusal(error: DatabaseError) -> bool:
    """Whether the words are at fault; "too long for a tsvector" is told as a limit, not as bad data."""
    return isinstance(error, DataError) or isinstance(error.__cause__, ProgramLimitExceeded)


_MISSING = """
SELECT m.id FROM care_message m
WHERE m.id > %s AND m.delivery NOT IN ('held', 'queued', 'sending', 'undone')
  AND NOT EXISTS (SELECT FROM care_searchdocument d WHERE d.message_id = m.id)
ORDER BY m.id LIMIT %s
"""
# The message may be moved or deleted meanwhile, so its row is read by the statement that writes.
_WRITE = """
INSERT INTO care_searchdocument (message_id, workspace_id, case_id, at, words)
SELECT m.id, m.workspace_id, m.case_id, m.at, d.words::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS d (message_id, words) JOIN care_message m ON m.id = d.message_id
ON CONFLICT (message_id) DO UPDATE SET words = EXCLUDED.words, case_id = EXCLUDED.case_id, at = EXCLUDED.at
"""
