"""The part of a message in which the words stand that were looked for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from goodword.care.search_terms import search_terms

LENGTH = 160  # characters
_LOOKED_AT = 20_000  # characters; words further on are not shown
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")


class Piece(NamedTuple):
    """Some of the text, and whether it was looked for."""

    text: str
    hit: bool = False


def excerpt(text: str, looked_for: Sequence[str], *, length: int = LENGTH) -> list[Piece]:
    """About `length` characters around the first word that was looked for (`refund`, or `refun*`)."""
    exact = {term for term in looked_for if not term.endswith("*")}
    begins = tuple(term[:-1] for term in looked_for if term.endswith("*"))
    text = " ".join(text[:_LOOKED_AT].split())
    spans = [
        word.span()
        for word in _WORD.finditer(text)
        if any(term in exact or (begins and term.startswith(begins)) for term in search_terms(word.group()))
    ]
    start = max(0, spans[0][0] - length // 3) if spans else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = start + length
    pieces: list[Piece] = [Piece("…")] if start else []
    place = start
    for first, last in spans:
        if first >= end:
            break
        pieces += [Piece(text[place:first]), Piece(text[first:last], hit=True)]
        place = last
    pieces.append(Piece(text[place : max(end, place)] + ("…" if len(text) > max(end, place) else "")))
    return [piece for piece in pieces if piece.text]
