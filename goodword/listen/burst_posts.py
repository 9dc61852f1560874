"""Which posts show what a rise is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from goodword.listen.explore import RISE_VOICES, voices_among
from goodword.listen.models import Mention, SavedSearch, SearchMatch
from goodword.listen.models.mention import MentionQuerySet
from goodword.listen.posts import stored_posts

_SAMPLED = 200
"""The newest of a rise: what it has become."""


def typical_matches(*, search: SavedSearch, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Of what the search matched in this time, as a burst keeps it."""
    matched = SearchMatch.objects.of(search.workspace_id).filter(search=search, at__gte=since, at__lt=until)
    newest = list(matched.order_by("-at").values_list("mention_id", flat=True)[: _SAMPLED + 1])
    mentions = Mention.objects.of(search.workspace_id).filter(pk__in=newest[:_SAMPLED])
    return _typical(mentions, at_least=len(newest) > _SAMPLED)


def typical_mentions(*, workspace_id: int, mention_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Of these mentions, the oldest first, as a burst keeps it."""
    mentions = Mention.objects.of(workspace_id).filter(pk__in=mention_ids[-_SAMPLED:])
    return _typical(mentions, at_least=len(mention_ids) > _SAMPLED)


def _typical(mentions: MentionQuerySet, *, at_least: bool) -> list[dict[str, Any]]:
    there = stored_posts(mentions.filter(deleted_at=None).order_by("-at", "-pk"))
    voices = voices_among([post for post, _also in there], RISE_VOICES, at_least=at_least)
    return [msgspec.to_builtins(voice) for voice in voices]
