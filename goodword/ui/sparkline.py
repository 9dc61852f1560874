"""A line as small as a word: how a figure went, week by week. Pure; `ui/_sparkline.html` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 96, 24
_EDGE = 3  # room for the dot at the end


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Points in a view box of `WIDTH` by `HEIGHT`; `parts` are drawn apart, where a figure is missing between them."""

    parts: Sequence[str]  # "x,y x,y …"
    last: tuple[float, float] | None
    says: str


def sparkline(values: Sequence[float | None], *, says: str, least: float | None = 0.0) -> Sparkline:
    """The line of `values`, from `least` (None: the smallest of them) up to the largest."""
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline((), None, says)
    bottom = min(known) if least is None else min(least, *known)
    scale = (HEIGHT - 2 * _EDGE) / ((max(known) - bottom) or 1.0)
    step = (WIDTH - 2 * _EDGE) / max(1, len(values) - 1)
    parts: list[list[str]] = [[]]
    last = None
    for place, value in enumerate(values):
        if value is None:
            parts.append([])
            continue
        last = (round(_EDGE + place * step, 1), round(HEIGHT - _EDGE - scale * (value - bottom), 1))
        parts[-1].append(f"{last[0]},{last[1]}")
    return Sparkline([" ".join(part) for part in parts if part], last, says)
