"""Look through the stored past for a search that was just saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Q

from goodword.language.searches import Search, SearchError, parse
from goodword.listen.match_mentions import keep_matches
from goodword.listen.matchers import by_kernel
from goodword.listen.models import Mention, SavedSearch, SearchMatch
from goodword.listen.models.mention import MentionQuerySet
from goodword.listen.posts import stored_posts
from goodword.listen.unusable import stop_soon

PAST = timedelta(days=30)
MOST = 50_000  # mentions, the newest ones
BATCH = 2_000


def look_at_past(
    *, search_id: int, version: int, before: tuple[datetime, int] | None, now: datetime
) -> tuple[datetime, int] | None:
    """Hold the next batch of the past against the search, newest first; what follows is before the returned place.

    None when nothing is left, or the search was changed, paused or deleted meanwhile: whoever changed it has had its
    past begun anew, and two who look at it would count each other's batches as their own.
    """
    with transaction.atomic():
        search = SavedSearch.objects.select_for_update().filter(pk=search_id, version=version, active=True).first()
        if search is None:
            return None
        try:
            parsed = parse(search.text)
        except SearchError:  # saved under earlier rules
            stop_soon(search.pk)
            return None
        if before is None:
            search.past_total, search.past_seen = _all_of_it(search, now)[:MOST].count(), 0
            search.save(update_fields=["past_total", "past_seen"])
        last = _match_batch(search, parsed, before, now)
    if last is None:
        from goodword.listen.burst_watch import learn_the_usual  # numpy comes with it, which the web does without

        learn_the_usual(search=search, now=now)
    return last


def _match_batch(
    search: SavedSearch, parsed: Search, before: tuple[datetime, int] | None, now: datetime
) -> tuple[datetime, int] | None:
    left = min(BATCH, (search.past_total or 0) - search.past_seen)
    batch = list(islice(stored_posts(_batch(search, before, now, left), "at"), left)) if left > 0 else []
    if not batch:
        SavedSearch.objects.filter(pk=search.pk).update(past_seen=F("past_total"))
        return None
    found = by_kernel(parsed)([post for post, _ in batch])
    keep_matches(
        SearchMatch(workspace_id=search.workspace_id, search=search, mention_id=int(post.id), at=at)
        for (post, (at,)), matched in zip(batch, found, strict=True)
        if matched
    )
    SavedSearch.objects.filter(pk=search.pk).update(past_seen=F("past_seen") + len(batch))
    post, (at,) = batch[-1]
    return at, int(post.id)


def _all_of_it(search: SavedSearch, now: datetime) -> MentionQuerySet:
    return Mention.objects.of(search.workspace_id).heard(since=now - PAST, until=now)


def _batch(search: SavedSearch, before: tuple[datetime, int] | None, now: datetime, size: int) -> MentionQuerySet:
    mentions = _all_of_it(search, now).order_by("-at", "-pk")
    if before is not None:
        at, pk = before
        mentions = mentions.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    return mentions[:size]
