"""What somebody wrote, to be shown outside its case: what made a search match is marked, private data is masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goodword.language.pii import find

LONGEST = 320  # characters
_BEFORE = 80  # characters that are kept before the first mark of a long text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters. `masked` names the kind of private data that stood there."""

    text: str
    hit: bool = False
    masked: str = ""


def excerpt(text: str, hits: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text in pieces, cut to where the first hit is. `hits` are places, each a start and an end."""
    text_end = len(text)
    private = [(private.span, private.kind) for private in find(text)]
    begin, end = _window(text, hits)
    edges = {begin, end}
    for start, stop in (*hits, *(span for span, _kind in private)):
        edges |= {min(max(start, begin), end), min(max(stop, begin), end)}
    cuts = sorted(edges)
    pieces = [Piece("…")] if begin else []
    for start, stop in pairwise(cuts):
        kind = next((kind for (first, last), kind in private if first <= start < last), "")
        if kind:
            if not (pieces and pieces[-1].masked == kind):
                pieces.append(Piece("", masked=kind))
        else:
            pieces.append(Piece(text[start:stop], hit=any(first <= start < last for first, last in hits)))
    return [*pieces, Piece("…")] if end < text_end else pieces


def _window(text: str, hits: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= LONGEST * 1.25:
        return 0, len(text)
    first = min((start for start, _end in hits), default=0)
    begin = 0 if first < LONGEST * 0.6 else text.find(" ", first - _BEFORE, first) + 1 or first
    end = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
    return begin, end if end > 0 else min(len(text), begin + LONGEST)
