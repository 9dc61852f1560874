"""Door for facts: what listening does when a search was saved, or what was said has changed."""

from __future__ import annotations

from datetime import datetime

from goodword.kernel.clock import current_time
from goodword.kernel.facts import on
from goodword.kernel.jobs import enqueue, task
from goodword.listen.events import MentionsChanged, SearchSaved
from goodword.listen.match_mentions import match_again
from goodword.listen.past_matches import look_at_past

_BATCHES_A_JOB = 5  # then others have their turn


@on(SearchSaved, queue="search")
def look_through_the_past(*, search_id: int, version: int, **_: object) -> None:
    """What was said before a search was saved is found by it too."""
    look_on(search_id=search_id, version=version)


@task(queue="search")
def look_on(*, search_id: int, version: int, before_at: str | None = None, before_id: int = 0) -> None:
    """Look at some batches of the past, and go on in a job of its own; what a later version looks for is its own."""
    before = (datetime.fromisoformat(before_at), before_id) if before_at else None
    for _batch in range(_BATCHES_A_JOB):
        before = look_at_past(search_id=search_id, version=version, before=before, now=current_time())
        if before is None:
            return
    if before is not None:
        at, before_id = before
        enqueue(look_on, search_id=search_id, version=version, before_at=at.isoformat(), before_id=before_id)


@on(MentionsChanged, queue="search")
def match_by_new_words(*, workspace_id: int, mention_ids: list[int], **_: object) -> None:
    """What was edited or deleted matches by the words that stand there now."""
    match_again(workspace_id=workspace_id, mention_ids=mention_ids)
