"""Which kinds of private data a text may hold, by the least that each kind must have: a compiled, cautious pass."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodword.language.compiling import kept
from goodword.language.pii import KINDS
from goodword.language.reading.glance_tables import BOOKED, ENDING, ENGLISH_STREET, STREET, Tables, hashed, slot
from goodword.language.reading.signs import AT, HYPHEN, SPACE, capital, digit, letter, small

_EMAIL, _IBAN, _NATIONAL_ID, _CARD, _ADDRESS, _BOOKING, _PHONE = (1 << place for place in range(len(KINDS)))
_IN_NAMES: Final = (46, 95, 37, 43, 45)  # . _ % + -


@kept
def marks_of(codes: NDArray[np.uint32], start: int, end: int, tables: Tables) -> int:
    """The marks of a word, or of its parts where there are apostrophes in it."""
    marks, begin = 0, start
    for at in range(start, end + 1):
        if at < end and letter(codes[at]):
            continue
        mark = tables.marks[slot(tables.words, hashed(codes, begin, at))]
        marks |= mark if capital(codes[begin]) else mark & ~ENGLISH_STREET
        if _ends_like_a_street(codes, begin, at, tables.endings):
            marks |= STREET
        if at - begin >= ENDING and small(codes[begin]) == 98 and small(codes[begin + 1]) == 117:  # "bu", of Buchungs…
            marks |= BOOKED
        begin = at + 1
    return marks


@kept
def _ends_like_a_street(codes: NDArray[np.uint32], start: int, end: int, endings: NDArray[np.uint32]) -> bool:
    for row in range(len(endings)):
        back = 0
        while back < ENDING and endings[row, back] and end - back > start:
            code = codes[end - back - 1]
            if small(code) != endings[row, back]:
                break
            back += 1
        if back == ENDING or not endings[row, back]:
            return True
    return False


@kept
def _may_be_address(codes: NDArray[np.uint32], start: int, at: int, end: int, marks: int) -> bool:
    """Whether an address may lie around the space at `at`: a house's number before a capital, or a postcode."""
    before, after = codes[at - 1], codes[at + 1]
    if marks & ENGLISH_STREET and (capital(after) or digit(after) or after >= 0xC0):
        numbered = digit(before) or (letter(before) and at - 2 >= start and digit(codes[at - 2]))
        if numbered:
            return True
    if not digit(after) or at + 3 >= end:
        return False
    british = (capital(before) or digit(before)) and capital(codes[at + 2]) and capital(codes[at + 3])
    american = capital(before) and digit(codes[at + 2]) and digit(codes[at + 3])
    return british or american


@kept
def private_bits(codes: NDArray[np.uint32], start: int, end: int, marks: int) -> int:
    """The kinds whose least that they must have is there; `marks` are those of the text's words together."""
    digits = run = 0
    bits, place = 0, marks & STREET != 0
    for at in range(start, end):
        code = codes[at]
        if digit(code):
            digits += 1
        run = run + 1 if digit(code) or capital(code) or code == HYPHEN else 0
        if run >= 5 and marks & BOOKED:
            bits |= _BOOKING
        if code == AT and at > start:
            before = codes[at - 1]
            if before >= 128 or letter(before) or digit(before) or before in _IN_NAMES:
                bits |= _EMAIL
        if letter(code) and at + 3 < end and letter(codes[at + 1]) and digit(codes[at + 2]):
            bits |= _IBAN if digit(codes[at + 3]) else 0
        if code == SPACE and at > start and at + 1 < end and not place:
            place = _may_be_address(codes, start, at, end, marks)
    bits |= _ADDRESS if place and digits else 0
    bits |= _NATIONAL_ID if digits >= 6 else 0
    bits |= _PHONE if digits >= 7 else 0
    return bits | (_CARD if digits >= 13 else 0)
