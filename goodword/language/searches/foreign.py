"""Operators of other search languages: taken for punctuation, `a !b` would find what it was meant to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from goodword.language.searches.errors import Caution, SearchError, gettext_noop
from goodword.language.searches.lexer import Lexeme, Lexis

_NEGATED: Final = re.compile("[!！]+")
_JOINT: Final = re.compile(r"&+|\|+")
_EITHER: Final = re.compile(r"(?<=\w)\|+(?=\w)")
_LITERAL: Final = frozenset({"raw", "url", "title"})
"""Fields whose values may well begin with an exclamation mark."""
_MEANT: Final = {"!": "NOT", "&": "AND", "|": "OR"}
_MESSAGE: Final = gettext_noop(
    '{sign} is no operator here. Did you mean {operator}? For the very characters, write them in quotes: raw:"{sign}".'
)


class _Foreign(NamedTuple):
    """A sign at [start, end) of the search and the operator that was meant by it; for a field's value, the NOT stands
    before the field, at `before`."""

    start: int
    end: int
    operator: str
    before: int


def refuse_foreign(text: str, lexemes: Sequence[Lexeme]) -> None:
    """Refuse `!b`, `a && b` and `a || b` with the search that was meant. Raises `SearchError`."""
    found = [sign for lexeme in lexemes for sign in _signs(lexeme) if sign.end < lexemes[-1].end]
    if found:
        first, rewritten = found[0], (_rewritten(text, found),)
        sign = text[first.start : first.end]
        raise SearchError(first.start, _MESSAGE, suggestions=rewritten, sign=sign, operator=first.operator)


def caution_of_bar(lexeme: Lexeme) -> Caution | None:
    """A warning of `a|b`: as any punctuation inside a word, the bar makes it a phrase."""
    if not _EITHER.search(lexeme.text):
        return None
    message = gettext_noop("{word} is searched as the phrase “{phrase}”; write {either} if one of them is enough.")
    phrase, either = _EITHER.sub(" ", lexeme.text), _EITHER.sub(" OR ", lexeme.text)
    return Caution(lexeme.start, message, word=lexeme.text, phrase=phrase, either=either)


def _signs(lexeme: Lexeme) -> Iterator[_Foreign]:
    if lexeme.lexis is Lexis.WORD:
        negated, joint = _NEGATED.match(lexeme.text), _JOINT.match(lexeme.text)
        if negated:
            yield _Foreign(lexeme.start, lexeme.start + negated.end(), "NOT", lexeme.start)
        elif joint:
            yield _Foreign(lexeme.start, lexeme.start + joint.end(), _MEANT[joint[0][0]], lexeme.start)
    elif lexeme.lexis is Lexis.FIELD and lexeme.name not in _LITERAL:
        negated = _NEGATED.match(lexeme.value)
        if negated:
            place = lexeme.end - len(lexeme.value)
            yield _Foreign(place, place + negated.end(), "NOT", lexeme.start)


def _rewritten(text: str, found: Sequence[_Foreign]) -> str:
    for sign in reversed(found):
        end = text[sign.end :]
        if sign.before == sign.start:
            text = text[: sign.start] + sign.operator + " " + end.lstrip()
        else:
            text = text[: sign.before] + "NOT " + text[sign.before : sign.start] + end
    return text
