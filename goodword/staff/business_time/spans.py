"""Arithmetic of spans of time. A span is half-open: its end is the first moment that is not in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments, as spans in order that neither overlap nor touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def minus(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The moments of `spans` that are in none of `taken`, merged."""
    away = merged(taken)
    left: list[Span] = []
    for start, end in merged(spans):
        reached = start
        for off, on in away:
            if on <= reached or off >= end:
                continue
            if off > reached:
                left.append((reached, off))
            reached = on
        if reached < end:
            left.append((reached, end))
    return left


def length(spans: Iterable[Span]) -> timedelta:
    """How long they are together; each is counted, so they should not overlap."""
    return sum((end - start for start, end in spans), timedelta(0))
