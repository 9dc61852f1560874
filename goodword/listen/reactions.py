"""Door for facts: what listening does when a search was saved, or what was said has changed."""

from __future__ import annotations

from goodword.kernel.facts import on
from goodword.listen.events import MentionsChanged, SearchSaved
from goodword.listen.jobs import look_through_past
from goodword.listen.match_mentions import match_again


@on(SearchSaved, queue="search")
def look_through_the_past(*, search_id: int, version: int, **_: object) -> None:
    """What was said before a search was saved is found by it too."""
    look_through_past(search_id=search_id, version=version)


@on(MentionsChanged, queue="search")
def match_by_new_words(*, workspace_id: int, mention_ids: list[int], **_: object) -> None:
    """What was edited or deleted matches by the words that stand there now."""
    match_again(workspace_id=workspace_id, mention_ids=mention_ids)
