"""How much was said, and how it read, as the geometry of a stacked chart; `web/_volume_svg.html` draws it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goodword.listen.explore import Bar, Rise

WIDE, NARROW, HEIGHT = 960, 340, 220  # units of the view box: CSS pixels at full size; the narrow one is for phones
_LEFT, _TOP, _BOTTOM = 40, 26, 26
_LABEL_ROOM = 76
_MARK_ROOM = 28
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """One feeling's part of a bar."""

    feeling: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A step of time."""

    x: float
    width: float
    pieces: Sequence[Piece]
    says: str


@dataclass(frozen=True, slots=True)
class Band:
    """A time of more than usual, by the number under which it is told below the chart; `mark` is where that stands."""

    x: float
    width: float
    mark: float
    number: int


@dataclass(frozen=True, slots=True)
class VolumeChart:
    """One drawing; coordinates in its own view box."""

    width: int
    height: int
    left: int
    top: int
    base: int
    columns: Sequence[Column]
    bands: Sequence[Band]
    ticks: Sequence[tuple[float, int]]
    labels: Sequence[tuple[float, str]]


def volume_chart(bars: Sequence[Bar], rises: Sequence[Rise], *, width: int) -> VolumeChart:
    """Bars of equal steps, one beside the other, negative ones at the foot; from zero up to a round number."""
    base, room = HEIGHT - _BOTTOM, (width - _LEFT) / max(1, len(bars))
    end = _round_end(max((bar.total for bar in bars), default=0))
    gap = 0.0 if room < 3 else min(4.0, room * 0.2)

    def height(count: float) -> float:
        return (base - _TOP) * count / end

    columns = [
        Column(
            x=round(_LEFT + room * n + gap / 2, 1),
            width=round(room - gap, 1),
            pieces=_pieces(bar, base, height),
            says=says(bar, bars),
        )
        for n, bar in enumerate(bars)
    ]
    return VolumeChart(
        width=width,
        height=HEIGHT,
        left=_LEFT,
        top=_TOP,
        base=base,
        columns=columns,
        bands=_bands(bars, rises, room),
        ticks=[(round(base - height(count), 1), count) for count in (0, end // 2, end)],
        labels=_labels(bars, room, most=(width - _LEFT) // _LABEL_ROOM),
    )


def step_of(bars: Sequence[Bar]) -> timedelta:
    """How much time a bar stands for."""
    return min((later.start - earlier.start for earlier, later in pairwise(bars)), default=_DAY)


def says(bar: Bar, bars: Sequence[Bar]) -> str:
    """A bar in words."""
    text = _("%(when)s: %(total)d mentions, %(negative)d negative, %(neutral)d neutral, %(positive)d positive")
    return text % {
        "when": when(bar.start, step_of(bars)),
        "total": bar.total,
        "negative": bar.negative,
        "neutral": bar.neutral,
        "positive": bar.positive,
    }


def when(moment: datetime, step: timedelta) -> str:
    """The beginning of a bar, as exactly as its step needs."""
    return date_format(timezone.localtime(moment), "D j M" if step >= _DAY else "D j M, H:i")


def _pieces(bar: Bar, base: int, height: Callable[[float], float]) -> list[Piece]:
    pieces, foot = [], float(base)
    for feeling, count in (
        ("negative", bar.negative),
        ("unread", bar.unread),
        ("neutral", bar.neutral),
        ("positive", bar.positive),
    ):
        if count:
            top = foot - height(count)
            pieces.append(Piece(feeling, round(top, 1), round(foot - top, 1)))
            foot = top
    return pieces


def _bands(bars: Sequence[Bar], rises: Sequence[Rise], room: float) -> list[Band]:
    if not bars:
        return []
    first, step = bars[0].start, step_of(bars)
    bands = []
    for rise in rises:
        begin = max(0.0, (rise.since - first) / step)
        end = min(float(len(bars)), max((rise.until - first) / step, begin))
        width = max(room * (end - begin), 3.0)
        x = min(_LEFT + room * begin, _LEFT + room * len(bars) - width)
        bands.append((x, width))
    marks = _apart([x + width / 2 for x, width in bands], end=_LEFT + room * len(bars))
    return [
        Band(round(x, 1), round(width, 1), round(mark, 1), number)
        for number, ((x, width), mark) in enumerate(zip(bands, marks, strict=True), 1)
    ]


def _apart(middles: Sequence[float], *, end: float) -> list[float]:
    """The same places, in order, with room for a mark at each: moved on where two are too close, back from the end."""
    apart: list[float] = []
    for middle in middles:
        apart.append(max(middle, apart[-1] + _MARK_ROOM) if apart else middle)
    last = end - _MARK_ROOM / 2
    for place in reversed(range(len(apart))):
        apart[place] = min(apart[place], last)
        last = apart[place] - _MARK_ROOM
    return apart


def _labels(bars: Sequence[Bar], room: float, *, most: int) -> list[tuple[float, str]]:
    """Under the axis: days where a day begins, else hours; as many as there is room for."""
    step = step_of(bars)
    by_day = step >= _DAY or step * len(bars) > 2 * _DAY
    starts = [timezone.localtime(bar.start) for bar in bars]
    named = [
        n for n, start in enumerate(starts) if not by_day or step >= _DAY or start.hour < step / timedelta(hours=1)
    ]
    every = -(-len(named) // max(1, most)) or 1
    return [
        (round(_LEFT + room * (n + 0.5), 1), date_format(starts[n], "j M" if by_day else "H:i")) for n in named[::every]
    ]


def _round_end(most: int) -> int:
    """The least even number of the form 2, 4, 6, 10, 20, 40 … that is no less than `most`."""
    power = 1
    while True:
        for lead in (2, 4, 6, 10):
            if lead * power >= most:
                return lead * power
        power *= 10
