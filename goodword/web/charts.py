"""Small charts as geometry; `web/_bars.html` and `web/_interval.html` draw them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.measures import Satisfaction, Spread

WIDE, NARROW, HEIGHT = 640, 320, 190  # CSS pixels at full size; the narrow one is for phones
_LEFT, _TOP, _BOTTOM = 56, 10, 26
_MOST_LABELS = {WIDE: 9, NARROW: 4}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Round durations that an axis may end at.
_ENDS = (
    *(n * _MINUTE for n in (1, 2, 4, 10, 20, 30)),
    *(n * _HOUR for n in (1, 2, 4, 8, 12)),
    *(n * _DAY for n in (1, 2, 4, 8, 14, 30, 60, 120, 240, 480, 1000, 4000)),
)


def lasting(seconds: float | None) -> str:
    """A duration as people say it: 40 s, 12 min, 3.5 h, 2.1 d; a dash for none."""
    if seconds is None:
        return "–"
    for unit, text in ((_DAY, _("%s d")), (_HOUR, _("%s h")), (_MINUTE, _("%s min"))):
        # Of whole units people round in their heads; hours and days get one digit more while they are few.
        if seconds >= unit * (2 if unit == _DAY else 1):
            count = seconds / unit
            return text % (f"{count:.1f}".removesuffix(".0") if count < 10 and unit != _MINUTE else f"{count:.0f}")
    return _("%s s") % f"{seconds:.0f}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: the bar of the median, and the height of the mark where nine of ten lie below (None without any)."""

    x: float
    y: float
    width: float
    height: float
    mark: float | None
    label: str  # under the axis; empty where there is no room
    middle: float
    says: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """One drawing; coordinates in its own view box."""

    width: int
    height: int
    left: int
    base: int
    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, str]]


def bar_chart(periods: Sequence[tuple[str, Spread]], *, width: int) -> BarChart:
    """Durations by period, from zero up to a round duration."""
    base = HEIGHT - _BOTTOM
    most = max((spread.p90 or 0.0 for _label, spread in periods), default=0.0)
    end = next((end for end in _ENDS if end >= most), most)
    room = (width - _LEFT) / max(1, len(periods))
    every = -(-len(periods) // _MOST_LABELS[width])

    def height(seconds: float) -> float:
        return round(base - (base - _TOP) * seconds / end, 1)

    bars = []
    for n, (label, spread) in enumerate(periods):
        top = height(spread.median or 0.0)
        x = _LEFT + room * n + room * 0.2
        bars.append(
            Bar(
                x=round(x, 1),
                y=top,
                width=round(room * 0.6, 1),
                height=round(base - top, 1),
                mark=None if spread.p90 is None else height(spread.p90),
                label=label if n % every == 0 else "",
                middle=round(x + room * 0.3, 1),
                says=_("%(label)s: median %(median)s, 9 of 10 within %(p90)s, n = %(n)d")
                % {"label": label, "median": lasting(spread.median), "p90": lasting(spread.p90), "n": spread.count},
            )
        )
    ticks = [(height(end * part), lasting(end * part) if part else "0") for part in (0.0, 0.5, 1.0)]
    return BarChart(width, HEIGHT, _LEFT, base, bars, ticks)


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """A share between its bounds, on a line from 0 to 100 %, as x in a view box of 320 by 44."""

    low: float
    high: float
    share: float


def interval_chart(measured: Satisfaction) -> IntervalChart | None:
    """None while there is too little to show."""
    if measured.share is None or measured.interval is None:
        return None
    start, span = 12, 296
    return IntervalChart(
        round(start + span * measured.interval.low, 1),
        round(start + span * measured.interval.high, 1),
        round(start + span * measured.share, 1),
    )
