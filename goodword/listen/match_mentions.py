"""Hold what was said against the saved searches, and keep what matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from goodword.language.searches import matches
from goodword.language.searches.document import Document
from goodword.listen.live_searches import live_searches
from goodword.listen.models import Mention, SavedSearch, SearchMatch
from goodword.listen.posts import posts_of

READ = frozenset({"sentiment", "emotion", "question", "lang"})
"""Fields that a reading tells, or may tell."""


@transaction.atomic
def match_mentions(*, workspace_id: int, mentions: Sequence[Mention]) -> set[int]:
    """Keep which searches match what customers said, read but not yet decided; their identities are loaded.

    Returns the ids of the mentions that one of the searches wants a case for; never what a machine said.
    """
    inbound = [mention for mention in mentions if mention.inbound]
    found = live_searches.match(workspace_id, posts_of(inbound)) if inbound else []
    kept = [
        SearchMatch(workspace_id=workspace_id, search_id=search_id, mention_id=mention.pk, at=mention.at)
        for mention, search_ids in zip(inbound, found, strict=True)
        for search_id in search_ids
    ]
    if not kept:
        return set()
    keep_matches(kept)
    opening = set(SavedSearch.objects.of(workspace_id).filter(opens_cases=True).values_list("pk", flat=True))
    automatic = {mention.pk for mention in inbound if mention.automatic}
    return {match.mention_id for match in kept if match.search_id in opening} - automatic


@transaction.atomic
def match_again(*, workspace_id: int, mention_ids: Sequence[int]) -> None:
    """Mentions that were edited match by the words that stand there now; deleted ones match nothing."""
    if not mention_ids:
        return
    SearchMatch.objects.of(workspace_id).filter(mention_id__in=mention_ids).delete()
    changed = Mention.objects.of(workspace_id).filter(pk__in=mention_ids, deleted_at=None)
    match_mentions(workspace_id=workspace_id, mentions=list(changed.select_related("identity")))


@transaction.atomic
def match_new_reading(*, workspace_id: int, mention_id: int) -> None:
    """A mention that was read anew matches by what is read in it now; searches that don't ask for that stay."""
    asking = live_searches.asking(workspace_id, READ)
    if not asking:
        return
    mention = Mention.objects.of(workspace_id).select_related("identity").get(pk=mention_id)
    SearchMatch.objects.of(workspace_id).filter(mention=mention, search__in=asking).delete()
    document = Document(posts_of([mention])[0])
    keep_matches(
        SearchMatch(workspace_id=workspace_id, search_id=search_id, mention_id=mention.pk, at=mention.at)
        for search_id, search in asking.items()
        if matches(search, document)
    )


def keep_matches(matches: Iterable[SearchMatch]) -> None:
    """Write matches; those that are known already (from a look through the past) stay as they are."""
    SearchMatch.objects.bulk_create(matches, batch_size=2_000, ignore_conflicts=True)
