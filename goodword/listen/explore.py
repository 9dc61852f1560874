"""What was said in a span of time that a search matches: how much, when, how it reads, and in whose words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import msgspec

from goodword.language.searches import Post, Search, parse
from goodword.listen.matchers import Hold
from goodword.listen.models import Mention, Sentiment
from goodword.listen.posts import stored_posts

MOST = 20_000
"""Mentions that are looked at, the newest ones of the span."""
HOUR = 3600  # seconds of a bin in which bursts are looked for
_BATCH = 2_000
_SAMPLED = 200
"""Of what matches, evenly over the span; copies and typical posts are looked for among these."""
_VOICES = 8
RISE_VOICES = 3
"""Posts that show what a rise is about."""


class Bar(msgspec.Struct, frozen=True):
    """What matched in one step of the span, by how it reads; `unread`: nobody could tell."""

    start: datetime
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unread: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.negative + self.neutral + self.positive + self.unread


class Voice(msgspec.Struct, frozen=True):
    """A mention that stands for all that say the same: how many, and how many followers their authors have."""

    mention_id: int
    posts: int
    reach: int
    at_least: bool = False
    """Not everything was looked through for copies: there may be more that say it in nearly these words."""


class Rise(msgspec.Struct, frozen=True):
    """More than usual: so many were heard from `since` to `until`, where so many were expected; and in whose words."""

    since: datetime
    until: datetime
    observed: float
    expected: float
    confidence: float
    voices: list[Voice] = []


class Found(msgspec.Struct, frozen=True):
    """The answer. `looked_back_to` is set where the span holds more than was looked at."""

    looked_at: int
    total: int
    people: int
    bars: list[Bar]
    rises: list[Rise]
    voices: list[Voice]
    looked_back_to: datetime | None = None
    out_of_time: bool = False


def explore(
    *, workspace_id: int, text: str, since: datetime, until: datetime, step: int, hold: Callable[[Search], Hold]
) -> Found:
    """Look at what customers said. `step` is in seconds, an hour or a multiple of it; an empty `text` matches all.

    Raises `SearchError`.
    """
    holds = hold(parse(text)) if text.strip() else _everything
    heard = Mention.objects.of(workspace_id).heard(since=since, until=until).order_by("-at", "-pk")
    # One more than is looked at shows that there are more.
    rows = stored_posts(heard[: MOST + 1], "at", "sentiment", "identity_id")
    looked_at, out_of_time = 0, False
    oldest = until
    matched: list[tuple[Post, datetime, int | None, int]] = []
    while not out_of_time and (batch := list(islice(rows, min(_BATCH, MOST - looked_at)))):
        held = holds([post for post, _ in batch])
        out_of_time = len(held) < len(batch)
        looked_at += len(held)
        if held:
            oldest = batch[len(held) - 1][1][0]
        matched += [(post, *also) for (post, also), holds_it in zip(batch, held, strict=False) if holds_it]
    more = out_of_time or (looked_at == MOST and next(rows, None) is not None)
    begin = since + (oldest - since) // timedelta(seconds=step) * timedelta(seconds=step) if more else since
    return Found(
        looked_at=looked_at,
        total=len(matched),
        people=len({identity_id for *_, identity_id in matched}),
        bars=_bars([(at, sentiment) for _, at, sentiment, _ in matched], begin, until, step),
        rises=[
            msgspec.structs.replace(
                rise,
                voices=voices_among([post for post, at, *_ in matched if rise.since <= at < rise.until], RISE_VOICES),
            )
            for rise in rises_in([at for _, at, _, _ in matched], max(begin, oldest), until)
        ],
        voices=voices_among([post for post, *_ in matched], _VOICES),
        looked_back_to=begin if more else None,
        out_of_time=out_of_time,
    )


def _everything(posts: Sequence[Post]) -> list[bool]:
    return [True] * len(posts)


def _bars(matched: Sequence[tuple[datetime, int | None]], since: datetime, until: datetime, step: int) -> list[Bar]:
    """A bar for each step of the span, also for those in which nothing was said."""
    origin = since.timestamp()
    counts = Counter((int((at.timestamp() - origin) // step), sentiment) for at, sentiment in matched)
    bars = -int(-(until.timestamp() - origin) // step)
    return [
        Bar(
            start=datetime.fromtimestamp(origin + number * step, tz=since.tzinfo),
            negative=counts[number, Sentiment.NEGATIVE.value],
            neutral=counts[number, Sentiment.NEUTRAL.value],
            positive=counts[number, Sentiment.POSITIVE.value],
            unread=counts[number, None],
        )
        for number in range(bars)
    ]


def rises_in(moments: Sequence[datetime], since: datetime, until: datetime) -> list[Rise]:
    """Bursts of what was said at these moments, by the hour, learned from nothing but the span itself, which begins
    when anything was heard; the running hour is left out.
    """
    from goodword.language.bursts import Detector, Tuning, bin_of, start_of  # numpy comes with it

    counts = Counter(bin_of(at, HOUR) for at in moments)
    detector = Detector(Tuning.for_bins(HOUR))
    seen = (detector.observe(counts[index], index) for index in range(bin_of(since, HOUR), bin_of(until, HOUR)))
    return [
        Rise(
            since=start_of(burst.since, HOUR),
            until=start_of(burst.bin_index + 1, HOUR),
            observed=burst.observed,
            expected=burst.expected,
            confidence=burst.confidence,
        )
        for burst in seen
        if burst is not None
    ]


def voices_among(posts: Sequence[Post], count: int, *, at_least: bool = False) -> list[Voice]:
    """Up to `count` posts to show, of posts from the newest to the oldest: what many say in the same words first, then
    what is typical of the rest. Chosen among a sample; what says the same word for word is counted in all of them.
    `at_least`: these posts themselves are not all.
    """
    from goodword.language.copies import CopyIndex  # numpy comes with it
    from goodword.language.topics import typical_posts

    step = max(1, -(-len(posts) // _SAMPLED))
    index: CopyIndex[int] = CopyIndex(_SAMPLED)
    copies: dict[int, list[Post]] = {}
    for post in reversed(posts[::step]):  # the oldest first: it is the one that was copied
        identifier = int(post.id)
        copies.setdefault(index.add(identifier, post.text), []).append(post)
    loud = sorted((first for first in copies if len(copies[first]) > 1), key=lambda first: -len(copies[first]))
    loud = loud[: count // 2]
    rest = [first for first in copies if first not in loud]
    texts = [copies[first][0].text for first in rest]
    chosen = [*loud, *(rest[place] for place in typical_posts(texts, count=count - len(loud)))]
    if step > 1:
        _count_word_for_word(posts, {first: copies[first] for first in chosen})
    return [_voice(first, copies[first], at_least=at_least or step > 1) for first in chosen]


def _count_word_for_word(posts: Sequence[Post], copies: dict[int, list[Post]]) -> None:
    """Add to the copies of each voice all the posts that say exactly what one of them says."""
    from goodword.language.copies import essence

    voice_of = {essence(post.text): first for first, said in copies.items() for post in said}
    counted = {int(post.id) for said in copies.values() for post in said}
    for post in posts:
        first = voice_of.get(essence(post.text)) if int(post.id) not in counted else None
        if first is not None:
            copies[first].append(post)


def _voice(first: int, copies: Sequence[Post], *, at_least: bool) -> Voice:
    """Followers of each author count once, those of a post without one each time."""
    followers = {post.author or int(post.id): int(post.followers or 0) for post in copies}
    return Voice(mention_id=first, posts=len(copies), reach=sum(followers.values()), at_least=at_least)


def as_json(found: Found) -> dict[str, Any]:
    """For the exploration's row."""
    built: dict[str, Any] = msgspec.to_builtins(found)
    return built


def from_json(stored: dict[str, Any]) -> Found:
    """As it was stored."""
    return msgspec.convert(stored, Found)
