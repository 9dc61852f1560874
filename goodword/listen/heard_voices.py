"""What was said lately that no search names: one voice for all that say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import log2

from django.db.models import Exists, OuterRef

from goodword.listen.explore import Voice
from goodword.listen.models import Disposition, Mention, SearchMatch

MOST = 20_000
"""Mentions that are looked at, the newest ones."""
_ORIGINALS = 4_000
"""Voices that further copies are looked for of: copies come soon, or are many enough to be remembered."""
_FIELDS = ("pk", "at", "title", "text", "thread_id", "identity_id", "sentiment", "identity__followers")


@dataclass(slots=True)
class Part:
    """A mention as far as topics need to know it."""

    mention_id: int
    at: datetime
    identity_id: int
    followers: int
    sentiment: int | None


@dataclass(slots=True)
class HeardVoice:
    """Mentions that say the same, the first one before its copies."""

    text: str
    parts: list[Part] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """It counts as one voice, and as one more for each doubling: a campaign is something to know of."""
        return 1 + log2(len(self.parts))

    def shown(self) -> Voice:
        """As an exploration tells it."""
        followers = {part.identity_id: part.followers for part in self.parts}
        return Voice(self.parts[0].mention_id, len(self.parts), sum(followers.values()))


def heard_voices(*, workspace_id: int, since: datetime, until: datetime) -> list[HeardVoice]:
    """In the order in which they were first heard. Nobody counts twice in a conversation: who answers questions says
    nothing new with it.
    """
    from goodword.language.copies import CopyIndex  # numpy comes with it, which the web does without

    matched = SearchMatch.objects.filter(workspace_id=workspace_id, mention_id=OuterRef("pk"), search__active=True)
    heard = (
        Mention.objects.of(workspace_id)
        .heard(since=since, until=until)
        .exclude(disposition=Disposition.SPAM)
        .filter(~Exists(matched), automatic=False)
        .order_by("-at", "-pk")
    )
    index: CopyIndex[int] = CopyIndex(_ORIGINALS)
    voices: dict[int, HeardVoice] = {}
    spoke: set[tuple[int, int]] = set()
    for pk, at, title, text, thread_id, identity_id, sentiment, followers in reversed(
        heard.values_list(*_FIELDS)[:MOST]
    ):
        if (thread_id, identity_id) in spoke:
            continue
        spoke.add((thread_id, identity_id))
        words = f"{title}\n{text}" if title else text
        voice = voices.setdefault(index.add(pk, words), HeardVoice(words))
        voice.parts.append(Part(pk, at, identity_id, followers or 0, sentiment))
    return list(voices.values())
