"""How a text becomes words that can be found. Pure; the same rules for what is searched and for what is searched for.

Customers write in any language, often in several within one message, so nothing depends on one: no stemming, no stop
words. Case, accents of Latin, Greek and Cyrillic letters, and the width of letters make no difference. Scripts written
without spaces are cut into pairs of letters, so that any part of a sentence is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

import regex

from goodword.care.piled_marks import without_piled_marks

LONGEST_WORD = 60  # characters; longer runs are addresses and keys, cut here
MOST_POSITIONS = 16_383  # PostgreSQL keeps no larger position
MOST_TERMS = 20_000
LARGEST_VECTOR = 700_000  # bytes as written, where less is stored; PostgreSQL takes 1 MiB
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_WORDS = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]+")
_ACCENTS = regex.compile(r"([\p{Latin}\p{Greek}\p{Cyrillic}])[\u0300-\u036f]+")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def search_terms(text: str) -> list[str]:
    """The words of `text` in their order, as the index holds them."""
    if text.isascii():  # the same, ten times as fast
        return [word[:LONGEST_WORD] for word in _ASCII_WORDS.findall(text.lower())]
    return [term for word in _WORDS.findall(_normal(text)) for term in _cut(word)]


def vector(text: str) -> str:
    """A `tsvector` in its written form, with positions, for PostgreSQL to take as it is.

    Of a text too large for one, the first words.
    """
    places: dict[str, list[int]] = {}
    for place, term in enumerate(search_terms(text), start=1):
        places.setdefault(term, []).append(min(place, MOST_POSITIONS))
    entries, size = [], 0
    for term, found in islice(places.items(), MOST_TERMS):
        entry = f"'{term}':{','.join(map(str, found[:200]))}"
        size += len(entry.encode()) + 1
        if size > LARGEST_VECTOR:
            break
        entries.append(entry)
    return " ".join(entries)


def phrase(terms: Sequence[str], *, prefix: bool = False) -> str:
    """A `tsquery` in its written form: these words one after the other; with `prefix`, the last may go on."""
    return " <-> ".join(f"'{term}'" for term in terms) + (":*" if prefix else "")


def _normal(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", without_piled_marks(text)).casefold()
    plain = _ACCENTS.sub(r"\1", unicodedata.normalize("NFKD", decomposed)).translate(_UNDECOMPOSED)
    return unicodedata.normalize("NFC", plain)


def _cut(word: str) -> Iterator[str]:
    """A word as it is; runs without spaces as overlapping pairs."""
    place = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > place:
            yield word[place : run.start()][:LONGEST_WORD]
        letters = run.group()
        yield from (letters[i : i + 2] for i in range(max(1, len(letters) - 1)))
        place = run.end()
    if place < len(word):
        yield word[place:][:LONGEST_WORD]
