"""Door for facts: what listening does when a search was saved, a source changed, or what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goodword.kernel.clock import current_time
from goodword.kernel.facts import on, on_any
from goodword.listen.events import MentionsChanged, SearchSaved, SourceChanged, SourceOpened, SourceResumed
from goodword.listen.jobs import look_through_past
from goodword.listen.match_mentions import match_again
from goodword.listen.models import Source
from goodword.listen.subscribe import subscribe


@on(SearchSaved, queue="search")
def look_through_the_past(*, search_id: int, version: int, **_: object) -> None:
    """What was said before a search was saved is found by it too."""
    look_through_past(search_id=search_id, version=version)


@on(MentionsChanged, queue="search")
def match_by_new_words(*, workspace_id: int, mention_ids: list[int], **_: object) -> None:
    """What was edited or deleted matches by the words that stand there now."""
    match_again(workspace_id=workspace_id, mention_ids=mention_ids)


@on_any(SourceOpened, SourceChanged, SourceResumed, queue="outside")
def subscribe_sources(*, facts: Sequence[Mapping[str, Any]], **_: object) -> None:
    """Their networks are told at once where to tell us, where they take that by a call."""
    for source in Source.objects.filter(pk__in={fact["source_id"] for fact in facts}):
        subscribe(source=source, now=current_time())
