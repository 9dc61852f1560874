"""The table that says of every character, in one look, what it is and what it is folded to."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from goodword.language.searches import characters as rules
from goodword.language.searches.characters import compile_pattern, fold, is_composing, joins_previous

SEPARATOR, SPACE, LETTER, DIGIT, UNSPACED, EMOJI, TONE, FLAG_HALF, APOSTROPHE, HASH, AT = range(11)
QUESTION, ADDRESS_END, JOINER, TAG_CHARACTER, DROPPED, SLOW, POST_END, ZONE_END = range(11, 19)
"""Classes. SLOW marks what only whole-text normalisation can fold; such a post is normalised first."""

CLASS_SHIFT = 24
CLASS_MASK = 31
FOLD_MASK = 0x1FFFFF
REORDERS = 1 << 30
"""Two such marks in a row may change places in normalisation."""

END_OF_POST = "\x1e"
END_OF_ZONE = "\x1f"
SPACE_INSTEAD = "\x1d"
"""What a text's own use of the two is read as; it separates as they do."""

_PLANES = (range(0x40000), range(0xE0000, 0xE01F0))
_ADDRESS_STARTS = frozenset("htpsw:/.")


@cache
def character_table(*, folded: bool) -> npt.NDArray[np.uint32]:
    """For each code point its class, its folded form and whether it may reorder. With `folded`, for texts
    that are in folded form already."""
    table = np.zeros(0x110000, np.uint32)
    characters = [chr(code) for plane in _PLANES for code in plane if not 0xD800 <= code < 0xE000]
    codes = np.array([ord(character) for character in characters], np.uint32)
    classes = _classes("".join(characters), codes)
    table[codes] = codes | classes[codes] << CLASS_SHIFT
    if not folded:
        _fold_table(table, characters, classes)
    return table


def _classes(characters: str, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    classes = np.zeros(0x110000, np.uint32)
    for number, pattern in (
        (SPACE, rules.SPACE),
        (ADDRESS_END, f"[{rules.ADDRESS_ENDS}]"),
        (QUESTION, f"[{rules.QUESTION_MARKS}]"),
        (EMOJI, rules.EMOJI),
        (TONE, f"[{rules.TONE}]"),
        (FLAG_HALF, rules.FLAG_HALF),
        (TAG_CHARACTER, f"[{rules.TAG_CHARACTERS}]"),
        (LETTER, rules.LETTER),
        (DIGIT, rules.DIGIT),
        (UNSPACED, rules.UNSPACED),
        (APOSTROPHE, "['’]"),
        (HASH, "#"),
        (AT, "@"),
        (JOINER, rules.JOINER),
        (POST_END, END_OF_POST),
        (ZONE_END, END_OF_ZONE),
        (DROPPED, f"[{rules.DROPPED}]"),
    ):
        found = [match.start() for match in compile_pattern(pattern).finditer(characters)]
        classes[codes[found]] = number
    return classes


def _fold_table(table: npt.NDArray[np.uint32], characters: list[str], classes: npt.NDArray[np.uint32]) -> None:
    plain = [character for character in characters if character not in "\n’" and character not in rules.DROPPED]
    for character, form in zip(plain, fold("\n".join(plain)).split("\n"), strict=True):
        code = ord(character)
        if form != character:
            table[code] = _folded_entry(character, form, classes)
        if code >= 0x300 and joins_previous(character):
            table[code] = SLOW << CLASS_SHIFT if is_composing(character) else int(table[code]) | REORDERS


def _folded_entry(character: str, form: str, classes: npt.NDArray[np.uint32]) -> int:
    if character in "…‥":
        return SEPARATOR << CLASS_SHIFT
    starts_address = ord(character) >= 0x80 and not _ADDRESS_STARTS.isdisjoint(form)
    if len(form) != 1 or starts_address:
        return SLOW << CLASS_SHIFT
    return ord(form) | int(classes[ord(form)]) << CLASS_SHIFT
