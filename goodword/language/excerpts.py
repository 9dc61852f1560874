"""What somebody wrote, cut to where something was found, to be shown outside its case: marked, private data masked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from goodword.language.pii import KINDS, Private, find

LONGEST = 320  # characters
# Private data is looked for this far around what is shown, so that a piece that the cut goes through is seen whole.
_AROUND = 160


class Piece(msgspec.Struct, frozen=True):
    """A run of characters. `masked` names the kind of private data that stood there."""

    text: str
    hit: bool = False
    masked: str = ""


def excerpt(
    text: str, hits: Sequence[tuple[int, int]], *, longest: int = LONGEST, kinds: Sequence[str] = KINDS
) -> list[Piece]:
    """About `longest` characters of the text, in pieces, from shortly before the first hit on.

    `hits` are places, each a start and an end; `kinds` are those of private data that are masked.
    """
    begin, end = _window(text, hits, longest)
    private = _private_around(text, begin, end, kinds)
    edges = {begin, end}
    for start, stop in (*hits, *(one.span for one in private)):
        edges |= {min(max(start, begin), end), min(max(stop, begin), end)}
    pieces = [Piece("…")] if begin else []
    for start, stop in pairwise(sorted(edges)):
        kind = next((one.kind for one in private if one.span[0] <= start < one.span[1]), "")
        if kind:
            if not (pieces and pieces[-1].masked == kind):
                pieces.append(Piece("", masked=kind))
        else:
            pieces.append(Piece(text[start:stop], hit=any(first <= start < last for first, last in hits)))
    return [*pieces, Piece("…")] if end < len(text) else pieces


def _private_around(text: str, begin: int, end: int, kinds: Sequence[str]) -> list[Private]:
    """Where private data stands in the whole text, of what lies near the window: texts may be long."""
    first = max(0, begin - _AROUND)
    found = find(text[first : end + _AROUND], kinds=kinds)
    return [Private(one.kind, (one.span[0] + first, one.span[1] + first)) for one in found]


def _window(text: str, hits: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    if len(text) <= longest * 1.25:
        return 0, len(text)
    first = min((start for start, _end in hits), default=0)
    begin = 0 if first < longest * 0.6 else text.find(" ", first - longest // 4, first) + 1 or first
    end = text.rfind(" ", begin + longest // 2, begin + longest)
    return begin, end if end > 0 else min(len(text), begin + longest)
