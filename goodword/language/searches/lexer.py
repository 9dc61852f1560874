"""Cuts a search into lexemes with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from goodword.language.searches.errors import SearchError, gettext_noop


class Lexis(Enum):
    """What a lexeme is."""

    OPEN = "open"
    CLOSE = "close"
    QUOTED = "quoted"
    CASED = "cased"
    NOT = "not"
    AND = "and"
    OR = "or"
    NEAR = "near"
    FIELD = "field"
    RANGE = "range"
    WORD = "word"


class Lexeme(NamedTuple):
    """`text` is the lexeme as typed; `name` a field's name; `value` what stands inside quotes, braces or
    brackets, after a field's colon, or after NEAR's stroke; `loose` the number after a phrase's `~`."""

    lexis: Lexis
    text: str
    start: int
    end: int
    name: str = ""
    value: str = ""
    loose: int | None = None


_QUOTES = '"“”'
_BARE = rf"[^\s(){_QUOTES}]"
_LEXEME = re.compile(
    rf"(?P<open>\()|(?P<close>\))"
    rf"|[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<loose>[^\s(){_QUOTES}]*))?"
    rf"|\{{(?P<cased>[^{{}}]*)\}}"
    rf"|(?P<not>(?<![^\s(){_QUOTES}\]}}])-+(?=[^\s-])|NOT(?![^\s(){_QUOTES}{{]))"
    rf"|(?P<and>AND|OR)(?![^\s(){_QUOTES}{{])"
    rf"|(?P<near>O?NEAR)(?:/(?P<distance>[\w.-]*))?(?![^\s(){_QUOTES}{{])"
    rf"|\[(?P<range>[^\]]*)\]"
    rf"|(?P<field>[A-Za-z]+):(?P<value>(?![\[{{]){_BARE}+)?"
    rf"|(?P<word>{_BARE}+)"
)
_SPACES = re.compile(r"\s*")
_BROKEN = {
    '"': gettext_noop('A quote opens at character {place} and is not closed. Close it with ".'),
    "{": gettext_noop("A brace opens at character {place} and is not closed. Close it with }}."),
    "[": gettext_noop("A range opens at character {place} and is not closed. Close it with ]."),
}


def lexemes(text: str) -> Iterator[Lexeme]:
    """The lexemes of a search, in order. Raises `SearchError` at a quote, brace or range left open."""
    place = _SPACES.match(text).end()  # type: ignore[union-attr]  # \s* always matches
    while place < len(text):
        match = _LEXEME.match(text, place)
        opener = '"' if text[place] in _QUOTES else text[place]
        if match is None or (opener in _BROKEN and match.lastgroup == "word"):
            raise SearchError(place, _BROKEN[opener], place=place + 1)
        yield _lexeme(match)
        place = _SPACES.match(text, match.end()).end()  # type: ignore[union-attr]


def _lexeme(match: re.Match[str]) -> Lexeme:
    start, end = match.span()
    text = match[0]
    group = match.lastgroup
    if group == "word":
        return Lexeme(Lexis.WORD, text, start, end)
    if group == "and":
        return Lexeme(Lexis[text], text, start, end)
    if group in ("quoted", "loose"):
        return Lexeme(Lexis.QUOTED, text, start, end, value=match["quoted"], loose=_loose(match))
    if group in ("near", "distance"):
        return Lexeme(Lexis.NEAR, text, start, end, name=match["near"], value=match["distance"] or "")
    if group in ("field", "value"):
        return Lexeme(Lexis.FIELD, text, start, end, name=match["field"].lower(), value=match["value"] or "")
    assert group is not None
    return Lexeme(Lexis(group), text, start, end, value=match[group])


def _loose(match: re.Match[str]) -> int | None:
    written = match["loose"]
    if written is None:
        return None
    if not written.isdecimal():
        message = gettext_noop('After ~ stands how many other words may come between, a whole number: "a b"~2.')
        raise SearchError(match.start("loose") - 1, message)
    return int(written[:9])
