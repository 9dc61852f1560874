"""What was talked about more than usual in the last day: saved searches, and topics that none of them names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.listen.models import SearchBurst, TopicBurst
from goodword.staff.models import Workspace
from goodword.web.listening import as_rise, rise_in_words

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Risen:
    """What it is called, how much it rose in words, and the query that shows it in the explorer."""

    name: str
    words: str
    query: str


def newest_bursts(workspace: Workspace, *, now: datetime) -> dict[int, SearchBurst]:
    """The latest burst of the day of each search, by the search's id; the latest of all comes last."""
    noticed = SearchBurst.objects.of(workspace).filter(noticed_at__gte=now - _DAY)
    return {burst.search_id: burst for burst in noticed.select_related("search").order_by("noticed_at")}


def rises_of_the_day(workspace: Workspace, *, now: datetime) -> list[Risen]:
    """Each search and topic that rose once, the latest first."""
    noticed = TopicBurst.objects.of(workspace).filter(noticed_at__gte=now - _DAY)
    by_topic = {burst.topic_id: burst for burst in noticed.select_related("topic").order_by("noticed_at")}
    bursts: list[SearchBurst | TopicBurst] = [*newest_bursts(workspace, now=now).values(), *by_topic.values()]
    return [_risen(burst, now) for burst in sorted(bursts, key=lambda burst: burst.noticed_at, reverse=True)]


def _risen(burst: SearchBurst | TopicBurst, now: datetime) -> Risen:
    words = rise_in_words(as_rise(burst), now)
    if isinstance(burst, SearchBurst):
        return Risen(burst.search.name, words, burst.search.text)
    return Risen(burst.topic.name, words, burst.topic.search)
