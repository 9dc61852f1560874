"""What was talked about more than usual in the last day: saved searches, and topics that none of them names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.language.searches import Search, SearchError, parse
from goodword.listen.models import SearchBurst, TopicBurst
from goodword.staff.models import Workspace
from goodword.web.listening import as_rise, rise_in_words
from goodword.web.listening_posts import Shown, shown_posts

_DAY = timedelta(hours=24)
_POSTS = 2


@dataclass(frozen=True, slots=True)
class Risen:
    """What it is called, how much it rose in words, the query that shows it in the explorer, and typical posts."""

    name: str
    words: str
    query: str
    posts: Sequence[Shown]


def newest_bursts(workspace: Workspace, *, now: datetime) -> dict[int, SearchBurst]:
    """The latest burst of the day of each search, by the search's id; the latest of all comes last."""
    noticed = SearchBurst.objects.of(workspace).filter(noticed_at__gte=now - _DAY)
    return {burst.search_id: burst for burst in noticed.select_related("search").order_by("noticed_at")}


def rises_of_the_day(workspace: Workspace, *, now: datetime) -> list[Risen]:
    """Each search and topic that rose once, the latest first."""
    noticed = TopicBurst.objects.of(workspace).filter(noticed_at__gte=now - _DAY)
    by_topic = {burst.topic_id: burst for burst in noticed.select_related("topic").order_by("noticed_at")}
    bursts: list[SearchBurst | TopicBurst] = [*newest_bursts(workspace, now=now).values(), *by_topic.values()]
    bursts.sort(key=lambda burst: burst.noticed_at, reverse=True)
    rises = [as_rise(burst) for burst in bursts]
    said = [(_search(burst), rise.voices[:_POSTS]) for burst, rise in zip(bursts, rises, strict=True)]
    posts = shown_posts(workspace, said)
    return [
        Risen(_name(burst), rise_in_words(rise, now), _query(burst), said)
        for burst, rise, said in zip(bursts, rises, posts, strict=True)
    ]


def _name(burst: SearchBurst | TopicBurst) -> str:
    return burst.search.name if isinstance(burst, SearchBurst) else burst.topic.name


def _query(burst: SearchBurst | TopicBurst) -> str:
    return burst.search.text if isinstance(burst, SearchBurst) else burst.topic.search


def _search(burst: SearchBurst | TopicBurst) -> Search | None:
    """What is marked in its posts; nothing where it was saved under earlier rules."""
    try:
        return parse(_query(burst))
    except SearchError:
        return None
