"""What people talk about that no search names yet, as the page of topics shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.language.searches import parse
from goodword.listen.explore import Voice
from goodword.listen.models import SavedSearch, Topic, TopicBurst, TopicReview
from goodword.staff.models import Workspace
from goodword.web.listening import as_rise, rise_in_words
from goodword.web.listening_posts import Shown, shown_posts

_BAR, _HEIGHT = 4, 28  # units of the drawing: the room of a bar, and the highest one
_WIDTH = 100  # of all feelings together
_POSTS = 2
_DAYS = 30  # the explorer's shortest span that holds what was looked at


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic; bars are (x, height), feelings (name, x, width), both in units of their drawings."""

    topic: Topic
    size: str
    feelings: str
    bars: Sequence[tuple[int, int]]
    parts: Sequence[tuple[str, float, float]]
    rise: str
    posts: Sequence[Shown]
    explorer: str  # query of the address that shows all of it
    saved: SavedSearch | None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """All topics, as of the last review; none where nobody looked yet."""

    review: TopicReview | None
    topics: Sequence[ShownTopic]
    summary: str
    is_live: bool


def read_topics(workspace: Workspace, *, now: datetime) -> TopicPage:
    """New and rising ones first."""
    review = TopicReview.objects.of(workspace).first()
    if review is None:
        return TopicPage(None, [], "", is_live=True)
    bursts = TopicBurst.objects.of(workspace).order_by("noticed_at")
    topics = list(
        Topic.objects.of(workspace)
        .order_by("place")
        .prefetch_related(Prefetch("bursts", bursts, to_attr="known_bursts"))
    )
    named = SavedSearch.objects.of(workspace).filter(text__in=[topic.search for topic in topics])
    saved = {search.text: search for search in named}
    voices = [msgspec.convert(topic.typical[:_POSTS], list[Voice]) for topic in topics]
    posts = shown_posts(workspace, [(parse(topic.search), said) for topic, said in zip(topics, voices, strict=True)])
    is_live = review.until == review.reviewed_at
    return TopicPage(
        review=review,
        topics=[
            _shown(topic, said, saved.get(topic.search), _span(review, is_live=is_live), now)
            for topic, said in zip(topics, posts, strict=True)
        ],
        summary=_summary(review, topics, is_live=is_live),
        is_live=is_live,
    )


def _shown(
    topic: Topic, posts: Sequence[Shown], saved: SavedSearch | None, span: dict[str, str], now: datetime
) -> ShownTopic:
    bursts: Sequence[TopicBurst] = topic.known_bursts  # type: ignore[attr-defined]  # as it was prefetched
    most = max(topic.steps, default=0) or 1
    return ShownTopic(
        topic=topic,
        size=_size(topic),
        feelings=_feelings(topic),
        bars=[(step * _BAR, -(-_HEIGHT * count // most)) for step, count in enumerate(topic.steps)],
        parts=_parts(topic),
        rise=rise_in_words(as_rise(bursts[-1]), now) if bursts else "",
        posts=posts,
        explorer=urlencode({"q": topic.search, **span}),
        saved=saved,
    )


def _size(topic: Topic) -> str:
    mentions = ngettext("%(n)d mention", "%(n)d mentions", topic.mentions) % {"n": topic.mentions}
    people = ngettext("one person", "%(n)d people", topic.people) % {"n": topic.people}
    return _("%(mentions)s by %(people)s") % {"mentions": mentions, "people": people}


def _feelings(topic: Topic) -> str:
    return _("%(negative)d negative, %(neutral)d neutral, %(positive)d positive") % {
        "negative": topic.negative,
        "neutral": topic.neutral,
        "positive": topic.positive,
    }


def _parts(topic: Topic) -> list[tuple[str, float, float]]:
    counts = {"negative": topic.negative, "neutral": topic.neutral, "positive": topic.positive}
    counts["unread"] = max(0, topic.mentions - sum(counts.values()))
    parts, x = [], 0.0
    for feeling, count in counts.items():
        width = round(_WIDTH * count / max(1, topic.mentions), 1)
        if count:
            parts.append((feeling, round(x, 1), width))
        x += width
    return parts


def _span(review: TopicReview, *, is_live: bool) -> dict[str, str]:
    if is_live:
        return {"days": str(_DAYS)}
    return {"from": localtime(review.since).date().isoformat(), "to": localtime(review.until).date().isoformat()}


def _summary(review: TopicReview, topics: Sequence[Topic], *, is_live: bool) -> str:
    fresh = sum(topic.is_new or topic.is_rising for topic in topics)
    named = ngettext("One topic", "%(n)d topics", len(topics)) % {"n": len(topics)}
    rising = _(", %(n)d of them new or rising") % {"n": fresh} if fresh else ""
    among = ngettext("among one mention", "among %(n)d mentions", review.looked_at) % {"n": review.looked_at}
    span = (
        _("of the last two weeks")
        if is_live
        else _("up to %(day)s") % {"day": date_format(localtime(review.until), "j M Y")}
    )
    return f"{named}{rising}, {among} {span}"
