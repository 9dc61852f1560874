"""Hold what was said against the saved searches, and keep what matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from goodword.listen.live_searches import live_searches
from goodword.listen.models import Mention, SavedSearch, SearchMatch
from goodword.listen.posts import posts_of


@transaction.atomic
def match_mentions(*, workspace_id: int, mentions: Sequence[Mention]) -> set[int]:
    """Keep which searches match what customers said, read but not yet decided; their identities are loaded.

    Returns the ids of the mentions that one of the searches wants a case for; never what a machine said.
    """
    inbound = [mention for mention in mentions if mention.inbound]
    found = live_searches.match(workspace_id, posts_of(inbound)) if inbound else []
    matches = [
        SearchMatch(workspace_id=workspace_id, search_id=search_id, mention_id=mention.pk, at=mention.at)
        for mention, search_ids in zip(inbound, found, strict=True)
        for search_id in search_ids
    ]
    if not matches:
        return set()
    keep_matches(matches)
    opening = set(SavedSearch.objects.of(workspace_id).filter(opens_cases=True).values_list("pk", flat=True))
    automatic = {mention.pk for mention in inbound if mention.automatic}
    return {match.mention_id for match in matches if match.search_id in opening} - automatic


@transaction.atomic
def match_again(*, workspace_id: int, mention_ids: Sequence[int]) -> None:
    """Mentions that were edited match by the words that stand there now; deleted ones match nothing."""
    if not mention_ids:
        return
    SearchMatch.objects.of(workspace_id).filter(mention_id__in=mention_ids).delete()
    changed = Mention.objects.of(workspace_id).filter(pk__in=mention_ids, deleted_at=None)
    match_mentions(workspace_id=workspace_id, mentions=list(changed.select_related("identity")))


def keep_matches(matches: Iterable[SearchMatch]) -> None:
    """Write matches; those that are known already (from a look through the past) stay as they are."""
    SearchMatch.objects.bulk_create(matches, batch_size=2_000, ignore_conflicts=True)
