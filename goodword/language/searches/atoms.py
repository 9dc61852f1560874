"""The leaves of a search: words, phrases, wildcards, and the values of fields."""

from __future__ import annotations

import math
import re

from goodword.language.searches.addresses import host_of
from goodword.language.searches.characters import DIGIT, LETTER, UNSPACED, compile_pattern, fold, fold_value
from goodword.language.searches.errors import SearchError, gettext_noop
from goodword.language.searches.limits import NEAR_DISTANCE, PREFIX_LENGTH, WILDCARD_LENGTH
from goodword.language.searches.tree import Cased, Field, Is, Node, Number, Part, Raw, Wildcard, Words
from goodword.language.searches.values import check_value
from goodword.language.searches.words import Kind, read_words

VALUE_FIELDS = ("author", "lang", "country", "channel", "thread", "title", "type", "sentiment", "emotion")
NUMBER_FIELDS = ("rating", "followers")
HOST_FIELDS = ("site", "link")
TAG_FIELDS = {"hashtag": "#", "mention": "@"}
IS_VALUES = ("reply", "repost", "review", "question")
FIELDS = (*VALUE_FIELDS, *NUMBER_FIELDS, *HOST_FIELDS, *TAG_FIELDS, "url", "text", "is", "raw")

_TAG_IS_WHOLE = gettext_noop("A tag or handle is matched whole; {word} finds words and hashtags alike.")
_PLAIN = re.compile(r"[A-Za-z0-9_]+")
_UNSPACED = compile_pattern(UNSPACED)
_WORD_START = compile_pattern(rf"[{LETTER}{DIGIT}]")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_RANGE = re.compile(r"\s*(\S+)\s+TO\s+(\S+)\s*")


def words(text: str, place: int, *, quoted: bool = False, loose: int | None = None) -> Words:
    """A word or phrase as typed at `place`."""
    if _PLAIN.fullmatch(text):
        return Words(text, (Part(Kind.WORD, text.lower(), text, 0, False),), 1, quoted, loose)
    parts, width = _parts(text, place)
    if loose is not None:
        _check_loose(parts, loose, place)
    return Words(text, parts, width, quoted, loose)


def _check_loose(parts: tuple[Part, ...], loose: int, place: int) -> None:
    if loose > NEAR_DISTANCE:
        raise SearchError(place, gettext_noop("At most {most} other words may stand in a phrase."), most=NEAR_DISTANCE)
    if any(part.joined for part in parts):
        message = gettext_noop("~ works between words; in a script without spaces write the parts with NEAR.")
        raise SearchError(place, message)


def cased(text: str, place: int) -> Cased:
    """Words in braces."""
    return Cased(text, *_parts(text, place))


def _parts(text: str, place: int) -> tuple[tuple[Part, ...], int]:
    """The words of a phrase and how many places they take. A tag stands for the words it is made of."""
    parts: list[Part] = []
    width = tag_end = 0
    for token in read_words(text):
        if token.kind <= Kind.HANDLE:
            if token.kind is not Kind.TAG:
                width = token.position + 1
            if token.start < tag_end:
                continue
            if token.kind is Kind.TAG:
                tag_end = token.end
            parts.append(Part(token.kind, token.key, token.surface, token.position, token.joined))
    if not parts:
        raise SearchError(
            place,
            gettext_noop('There is no word in {text} to look for: leave it out, or write raw:"{text}".'),
            text=text.strip() or '""',
        )
    return tuple(parts), width


def wildcard(text: str, place: int) -> Wildcard | Words:
    """A word with `*` or `?` in it, and the words before it that punctuation sets apart (`e-mail*`)."""
    if text[0] in "*?":
        raise SearchError(place, gettext_noop("A wildcard cannot lead a word: write at least its beginning."))
    if text[0] in "#@":
        raise SearchError(place, _TAG_IS_WHOLE, word=text[1:])
    star = text.endswith("*")
    body = text.removesuffix("*")
    if "*" in body:
        message = gettext_noop("* stands for the rest of a word, at its end; inside a word write ? for each character.")
        raise SearchError(place + body.index("*"), message)
    if _UNSPACED.search(body):
        if "?" in body:
            message = gettext_noop("? works in words set apart by spaces; here write the forms with OR between them.")
            raise SearchError(place + body.index("?"), message)
        return words(body, place)
    stem = fold(body.replace("?", "\ue000"))
    tokens = read_words(stem.replace("\ue000", "x"))
    last = tokens[-1] if tokens else None
    if last is None or last.end != len(stem) or not _WORD_START.match(last.key) or last.kind is not Kind.WORD:
        raise SearchError(place, gettext_noop("A wildcard belongs to a word: write it directly after a letter."))
    pattern = stem[last.start :]
    before = stem[: last.start]
    if "\ue000" in before or pattern[0] == "\ue000":
        raise SearchError(place, gettext_noop("A wildcard cannot lead a word: write at least its beginning."))
    return _checked_wildcard(text, pattern.replace("\ue000", "?") + "*" * star, before, place)


def _checked_wildcard(text: str, pattern: str, before: str, place: int) -> Wildcard:
    if pattern.endswith("*") and len(pattern) - 1 < PREFIX_LENGTH:
        raise SearchError(place, gettext_noop("Write at least {least} characters before *."), least=PREFIX_LENGTH)
    if "?" in pattern and len(pattern) > WILDCARD_LENGTH:
        message = gettext_noop("A word with ? has at most {most} characters.")
        raise SearchError(place, message, most=WILDCARD_LENGTH)
    if not any(character.isalnum() for character in before):
        return Wildcard(text, pattern)
    parts, width = _parts(before, place)
    return Wildcard(text, pattern, parts, width + 1)


def field_value(name: str, value: str, place: int) -> Node:
    """`name:value` for every field whose value is not itself a search."""
    if not value.strip():
        raise SearchError(place, gettext_noop("{name}: needs a value directly after the colon."), name=name)
    if name == "raw":
        return Raw(value)
    if name in TAG_FIELDS:
        return _tag(name, value, place)
    if name == "is":
        return _is(value, place)
    if name in NUMBER_FIELDS:
        number = _number(name, value, place)
        return Number(name, number, number)
    if name in HOST_FIELDS:
        host = host_of(value)
        if not host:
            raise SearchError(place, gettext_noop("{name}: needs a host, such as {name}:example.com."), name=name)
        return Field(name, value, host)
    if name in VALUE_FIELDS and "*" in value:
        raise SearchError(place, gettext_noop("{name}: compares the whole value; * works on words only."), name=name)
    key = fold(value) if name == "url" else fold_value(value)
    check_value(name, key, place)
    return Field(name, value, key)


def _tag(name: str, value: str, place: int) -> Words:
    sign = TAG_FIELDS[name]
    name_only = value.strip().removeprefix(sign)
    if "*" in name_only or "?" in name_only:
        raise SearchError(place, _TAG_IS_WHOLE, word=name_only)
    node = words(sign + name_only, place, quoted=" " in name_only)
    if node.parts[0].kind not in (Kind.TAG, Kind.HANDLE):
        raise SearchError(place, gettext_noop("{name}: needs a name directly after the colon."), name=name)
    return node


def _is(value: str, place: int) -> Is:
    what = value.lower()
    if what not in IS_VALUES:
        message = gettext_noop("is: knows {known}, not {value}.")
        raise SearchError(place, message, known=", ".join(IS_VALUES), value=value)
    return Is(what)


def _number(name: str, value: str, place: int) -> float:
    if not _NUMBER.fullmatch(value):
        message = gettext_noop("{name}: needs a number such as {name}:4, or a range such as {name}:[4 TO 5].")
        raise SearchError(place, message, name=name)
    return float(value)


def number_range(name: str, value: str, place: int) -> Number:
    """`name:[low TO high]`; `*` leaves one side open."""
    if name not in NUMBER_FIELDS:
        message = gettext_noop("{name}: takes no range; ranges work with {known}.")
        raise SearchError(place, message, name=name, known=", ".join(NUMBER_FIELDS))
    match = _RANGE.fullmatch(value)
    if match is None or match[1] == match[2] == "*":
        message = gettext_noop("A range is written {name}:[4 TO 5]; one side may be *.")
        raise SearchError(place, message, name=name)
    low = -math.inf if match[1] == "*" else _number(name, match[1], place)
    high = math.inf if match[2] == "*" else _number(name, match[2], place)
    if low > high:
        message = gettext_noop("The range is upside down: write {name}:[{low} TO {high}].")
        raise SearchError(place, message, name=name, low=match[2], high=match[1])
    return Number(name, low, high)
