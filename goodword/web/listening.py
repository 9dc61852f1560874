"""What the listening page shows of a search: what it matches in a span of time, or why it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.language.searches import Search, SearchError, parse
from goodword.language.searches.errors import Caution
from goodword.language.searches.relax import relaxed
from goodword.language.searches.tree import fields_of
from goodword.listen.explorations import ask
from goodword.listen.explore import Found, Rise, Voice
from goodword.listen.figures import in_figures
from goodword.listen.interest import LATER
from goodword.listen.models import SavedSearch, SearchBurst, TopicBurst
from goodword.staff.models import Workspace
from goodword.web.charts import lasting
from goodword.web.explained import Line, explained
from goodword.web.listening_posts import Shown, shown_posts
from goodword.web.listening_span import Span
from goodword.web.volume import NARROW, WIDE, VolumeChart, volume_chart, when

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
class ShownRise:
    """More than usual: how much and since when, in words, and the posts that show what it is about."""

    words: str
    posts: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Exploration:
    """What was found."""

    found: Found
    sentence: str
    explained: Line | None
    cautions: Sequence[str]
    rows: Sequence[tuple[str, object]]
    wide: VolumeChart
    narrow: VolumeChart
    rises: Sequence[ShownRise]
    posts: Sequence[Shown]
    saved: SavedSearch | None


def read_exploration(workspace: Workspace, text: str, span: Span, *, now: datetime) -> Exploration:
    """Raises `SearchError` for a text that can't be used; an empty one finds everything."""
    search = parse(text) if text.strip() else None
    found = ask(workspace=workspace, text=text, since=span.since, until=span.until, step=span.step, now=now)
    saved = SavedSearch.objects.of(workspace).filter(text=text.strip()).first() if search else None
    rises = sorted(_rises(saved, span) or found.rises, key=lambda rise: rise.since)[-_MOST_RISES:]
    said = [(search, found.voices), *((search, rise.voices) for rise in rises)]
    posts, *risen = shown_posts(workspace, said)
    return Exploration(
        found=found,
        sentence=_sentence(found, span),
        explained=explained(search) if search else None,
        cautions=_cautions(search) if search else [],
        rows=[(when(bar.start, timedelta(seconds=span.step)), bar) for bar in reversed(found.bars) if bar.total],
        wide=volume_chart(found.bars, rises, width=WIDE),
        narrow=volume_chart(found.bars, rises, width=NARROW),
        rises=[ShownRise(rise_in_words(rise, now), shown) for rise, shown in zip(rises, risen, strict=True)],
        posts=posts,
        saved=saved,
    )


def _cautions(search: Search) -> list[str]:
    cautions = [in_words(caution) for caution in search.warnings]
    if any(field.name == "country" for field in fields_of(search.tree)):
        cautions.append(_("Networks don’t say where people write from: country: finds only what a file named it for."))
    return cautions + _cautions_of_streams(search)


def _cautions_of_streams(search: Search) -> list[str]:
    """What is heard in passing is kept by what can be told in passing."""
    asked = relaxed(search, LATER)
    if asked is None:
        return [_("Networks that tell everything are not asked for this: without a word it may find anything there.")]
    if asked is not search:
        return [_("Of networks that tell everything, posts are kept by the words alone; the rest is looked at then.")]
    return []


def in_words(said: SearchError | Caution) -> str:
    """An error or a warning about a search, in the reader's language."""
    return _(said.template).format(**said.values)


def trouble(text: str, error: SearchError) -> Trouble:
    """The place is shown as the word that begins there."""
    start = min(max(error.position, 0), len(text))
    end = next((n for n in range(start, len(text)) if text[n].isspace()), len(text))
    return Trouble(text[:start], text[start:end], text[end:], in_words(error), error.suggestions)


def _sentence(found: Found, span: Span) -> str:
    mentions = ngettext("%(n)d mention", "%(n)d mentions", found.total)
    people = ngettext("one person", "%(n)d people", found.people)
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
    return [as_rise(burst) for burst in noticed.order_by("-since")[:_MOST_RISES]]


def as_rise(burst: SearchBurst | TopicBurst) -> Rise:
    """What the watch noticed, as an exploration tells it."""
    voices = msgspec.convert(burst.typical, list[Voice])
    return Rise(burst.since, burst.noticed_at, burst.observed, burst.expected, burst.confidence, voices)


def rise_in_words(rise: Rise, now: datetime) -> str:
    """More than usual, in a sentence: how much, against what, since when, how sure."""
    since = localtime(rise.since)
    said_when = date_format(since, "H:i" if since.date() == localtime(now).date() else "D j M, H:i")
    sure = min(99, int(rise.confidence * 100))
    return _("%(observed)d in %(time)s since %(since)s, where %(expected)s were expected; %(sure)d %% sure") % {
        "observed": rise.observed,
        "time": lasting((rise.until - rise.since).total_seconds()),
        "since": said_when,
        "expected": in_figures(rise.expected),
        "sure": sure,
    }
