"""What single characters are to the compiled passes over text."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodword.language.compiling import inlined, kept

SHARP_S: Final = 0xDF
APOSTROPHE, CURLY, HASH, AT, SPACE, HYPHEN = 39, 0x2019, 35, 64, 32, 45
_COMMA, _POINT = 44, 46


@inlined
def letter(code: int) -> bool:
    """Of ASCII, as all that follow."""
    return 97 <= code <= 122 or 65 <= code <= 90


@inlined
def capital(code: int) -> bool:
    """A to Z."""
    return 65 <= code <= 90


@inlined
def digit(code: int) -> bool:
    """0 to 9."""
    return 48 <= code <= 57


@inlined
def blank(code: int) -> bool:
    """What `str.split` takes for space."""
    return code == 32 or 9 <= code <= 13 or 28 <= code <= 31


@kept
def small(code: int) -> int:
    """The lower case of an ASCII letter; a curly apostrophe straightened."""
    return code + 32 if capital(code) else APOSTROPHE if code == CURLY else code


@kept
def harmless(code: int) -> bool:
    """Signs beyond ASCII that are no letter, digit or space, and stay what they are in lower case."""
    if code < 0xC0:
        return code >= 0xA1 and code not in (0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0xBC, 0xBD, 0xBE)
    if code < 0x10000:
        return (
            0x200B <= code <= 0x2027
            or 0x2030 <= code <= 0x205E
            or 0x20A0 <= code <= 0x20BF
            or 0x2190 <= code <= 0x23FF
            or 0x2500 <= code <= 0x2775
            or 0x2794 <= code <= 0x2BFF
            or 0xFE00 <= code <= 0xFE0F
        )
    return 0x1F300 <= code <= 0x1FAFF


@kept
def latin(code: int) -> bool:
    """Letters of European languages that no pattern for private data takes for an ASCII one, and no space."""
    return 0xC0 <= code <= 0x24F and code not in (SHARP_S, 0x130, 0x131, 0x17F)


@kept
def past_word(codes: NDArray[np.uint32], at: int, end: int) -> int:
    """Letters, and apostrophes between them."""
    while at < end and (
        letter(codes[at]) or (codes[at] in (APOSTROPHE, CURLY) and at + 1 < end and letter(codes[at + 1]))
    ):
        at += 1
    return at


@kept
def past_number(codes: NDArray[np.uint32], at: int, end: int) -> int:
    """Digits, and points and commas between them."""
    while at < end and (digit(codes[at]) or (codes[at] in (_COMMA, _POINT) and at + 1 < end and digit(codes[at + 1]))):
        at += 1
    return at
