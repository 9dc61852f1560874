"""What the listening page shows: what a search matches in a span of time, and the searches that are saved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from goodword.language.pii import KINDS
from goodword.language.searches import Search, SearchError, parse, why
from goodword.language.searches.errors import Caution
from goodword.listen.explorations import ask
from goodword.listen.explore import Found, Rise, Voice
from goodword.listen.models import Mention, SavedSearch, SearchBurst, SearchMatch
from goodword.listen.posts import posts_of
from goodword.staff.models import Workspace
from goodword.web.charts import lasting
from goodword.web.excerpts import Piece, excerpt
from goodword.web.explained import Condition, explained
from goodword.web.listening_span import Span
from goodword.web.volume import NARROW, WIDE, VolumeChart, volume_chart, when

_HOUR = timedelta(hours=1)
HOURS_SHOWN = 24
_MOST_RISES = 6


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a search is refused: what was typed around the place, and whole searches that could have been meant."""

    before: str
    at: str
    after: str
    reason: str
    rewrites: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A post, in pieces, that stands for so many that say the same."""

    mention: Mention
    title: Sequence[Piece]
    text: Sequence[Piece]
    posts: int
    reach: int


@dataclass(frozen=True, slots=True)
class Exploration:
    """What was found."""

    found: Found
    sentence: str
    explained: Condition | None
    cautions: Sequence[str]
    rows: Sequence[tuple[str, object]]
    wide: VolumeChart
    narrow: VolumeChart
    rises: Sequence[str]
    posts: Sequence[Shown]
    saved: SavedSearch | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search with its last day: matches by the hour as heights from 0 to 20, the newest last."""

    search: SavedSearch
    last_day: int
    hours: Sequence[tuple[int, int]]  # (x, height)
    rise: str


def read_exploration(workspace: Workspace, text: str, span: Span, *, now: datetime) -> Exploration:
    """Raises `SearchError` for a text that can't be used; an empty one finds everything."""
    search = parse(text) if text.strip() else None
    found = ask(workspace=workspace, text=text, since=span.since, until=span.until, step=span.step, now=now)
    saved = SavedSearch.objects.of(workspace).filter(text=text.strip()).first() if search else None
    rises = sorted(_rises(saved, span) or found.rises, key=lambda rise: rise.since)[-_MOST_RISES:]
    return Exploration(
        found=found,
        sentence=_sentence(found, span),
        explained=explained(search) if search else None,
        cautions=[in_words(caution) for caution in search.warnings] if search else [],
        rows=[(when(bar.start, timedelta(seconds=span.step)), bar) for bar in reversed(found.bars) if bar.total],
        wide=volume_chart(found.bars, rises, width=WIDE),
        narrow=volume_chart(found.bars, rises, width=NARROW),
        rises=[rise_in_words(rise, now) for rise in rises],
        posts=_posts(workspace, search, found.voices),
        saved=saved,
    )


def in_words(said: SearchError | Caution) -> str:
    """An error or a warning about a search, in the reader's language."""
    return _(said.template).format(**said.values)


def trouble(text: str, error: SearchError) -> Trouble:
    """The place is shown as the word that begins there."""
    start = min(max(error.position, 0), len(text))
    end = next((n for n in range(start, len(text)) if text[n].isspace()), len(text))
    return Trouble(text[:start], text[start:end], text[end:], in_words(error), error.suggestions)


def _sentence(found: Found, span: Span) -> str:
    mentions = _("%(n)d mentions") if found.total != 1 else _("%(n)d mention")
    people = _("%(n)d people") if found.people != 1 else _("one person")
    return _("%(mentions)s by %(people)s, %(when)s") % {
        "mentions": mentions % {"n": found.total},
        "people": people % {"n": found.people},
        "when": span.name,
    }


def _rises(saved: SavedSearch | None, span: Span) -> list[Rise]:
    """Those that the watch over a saved search noticed: it has learned more than what is shown."""
    if saved is None:
        return []
    noticed = SearchBurst.objects.of(saved.workspace_id).filter(
        search=saved, noticed_at__gt=span.since, since__lt=span.until
    )
    return [_as_rise(burst) for burst in noticed.order_by("-since")[:_MOST_RISES]]


def _as_rise(burst: SearchBurst) -> Rise:
    return Rise(burst.since, burst.noticed_at, burst.observed, burst.expected, burst.confidence)


def rise_in_words(rise: Rise, now: datetime) -> str:
    """More than usual, in a sentence: how much, against what, since when, how sure."""
    since = localtime(rise.since)
    said_when = date_format(since, "H:i" if since.date() == localtime(now).date() else "D j M, H:i")
    sure = min(99, int(rise.confidence * 100))
    return _("%(observed)d in %(time)s since %(since)s, where %(expected)s were expected; %(sure)d %% sure") % {
        "observed": rise.observed,
        "time": lasting((rise.until - rise.since).total_seconds()),
        "since": said_when,
        "expected": f"{rise.expected:.0f}" if rise.expected >= 2 else f"{rise.expected:.1f}",
        "sure": sure,
    }


def _posts(workspace: Workspace, search: Search | None, voices: Sequence[Voice]) -> list[Shown]:
    ids = [voice.mention_id for voice in voices]
    mentions = Mention.objects.of(workspace).filter(deleted_at=None).select_related("identity").in_bulk(ids)
    there = [(voice, mentions[voice.mention_id]) for voice in voices if voice.mention_id in mentions]
    posts = posts_of([mention for _voice, mention in there])
    shown = []
    for (voice, mention), post in zip(there, posts, strict=True):
        hits: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place in why(search, post) if search else ():
            if place.end > place.start:
                hits[place.field].append((place.start, place.end))
        title, text = excerpt(mention.title, hits["title"]), excerpt(mention.text, hits["text"])
        shown.append(Shown(mention, title, text, voice.posts, voice.reach))
    return shown


def mask_names() -> Mapping[str, str]:
    """What stands in the place of private data."""
    names = {
        "email": _("e-mail address"),
        "iban": _("bank account"),
        "national_id": _("identity number"),
        "card": _("card number"),
        "address": _("address"),
        "booking_code": _("booking code"),
        "phone": _("phone number"),
    }
    assert set(names) == set(KINDS)
    return names


def kept_searches(workspace: Workspace, *, now: datetime) -> list[Kept]:
    """All saved searches with their last 24 hours, those with most matches first."""
    begin = now.replace(minute=0, second=0, microsecond=0) - (HOURS_SHOWN - 1) * _HOUR
    searches = list(SavedSearch.objects.of(workspace).order_by("name"))
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    by_hour = (
        SearchMatch.objects.of(workspace)
        .filter(search__in=searches, at__gte=begin)
        .values("search", hour=TruncHour("at"))
        .annotate(n=Count("pk"))
        .order_by()
    )
    for search_id, hour, n in by_hour.values_list("search", "hour", "n"):
        counts[search_id][min(HOURS_SHOWN - 1, (hour - begin) // _HOUR)] += n
    rises = _newest_rises(workspace, since=now - 24 * _HOUR)
    kept = [_kept(search, counts[search.pk], rises.get(search.pk), now) for search in searches]
    return sorted(kept, key=lambda one: (not one.search.active, not one.rise, -one.last_day))


def rises_of_the_day(workspace: Workspace, *, now: datetime) -> list[tuple[SavedSearch, str]]:
    """Searches that were talked about more than usual in the last 24 hours, in words, the latest first."""
    bursts = _newest_rises(workspace, since=now - 24 * _HOUR).values()
    latest_first = sorted(bursts, key=lambda burst: burst.noticed_at, reverse=True)
    return [(burst.search, rise_in_words(_as_rise(burst), now)) for burst in latest_first]


def _newest_rises(workspace: Workspace, *, since: datetime) -> dict[int, SearchBurst]:
    noticed = SearchBurst.objects.of(workspace).filter(noticed_at__gte=since)
    return {burst.search_id: burst for burst in noticed.select_related("search").order_by("noticed_at")}


def _kept(search: SavedSearch, counts: Counter[int], burst: SearchBurst | None, now: datetime) -> Kept:
    most = max(counts.values(), default=0) or 1
    return Kept(
        search=search,
        last_day=counts.total(),
        hours=[(hour * 4, -(-20 * counts[hour] // most)) for hour in range(HOURS_SHOWN)],
        rise=rise_in_words(_as_rise(burst), now) if burst else "",
    )
