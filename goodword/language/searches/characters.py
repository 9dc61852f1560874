"""Which characters make a word, and the one form in which words are compared.

Source of the rules: NFKC and full case folding (Unicode Standard Annex 15, chapter 3.13), the scripts of
line-breaking class SA (UAX 14) and the East Asian ones as scripts whose words are not set apart by
spaces, and the Emoji property (UTS 51).
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

from goodword.language.searches.limits import MARKS

DROPPED = "™®©\ufe0e\ufe0f"
"""Taken out before anything else: trade marks, and the selectors between a text and an emoji look."""
QUESTION_MARKS = "?\u061f"
ADDRESS_ENDS = '<>"“”«»「」『』【】、。'
"""Characters that end a web address, as any space does."""
ADDRESS_TAIL = "/=&-+%#~@$*"
"""Besides a letter or digit, the characters an address may end in; other punctuation belongs to the sentence."""
TONE = "\U0001f3fb-\U0001f3ff"
TAG_CHARACTERS = "\U000e0020-\U000e007f"
JOINER = "\u200d"

UNSPACED = r"[[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Line_Break=SA}ー\u3099\u309a]&&[\p{L}\p{M}\p{N}]]"
"""Letters of scripts that are matched by substring, each a unit of its own."""
LETTER = rf"[[\p{{L}}\p{{M}}]--{UNSPACED}]"
DIGIT = rf"[[\p{{N}}_]--{UNSPACED}]"
SPACE = r"[\s\x1c-\x1f]"
EMOJI = r"[\p{Emoji}--[\p{ASCII}\p{RI}]]"
FLAG_HALF = r"\p{RI}"

_DROP = str.maketrans("", "", DROPPED)


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A pattern in which sets may be subtracted and intersected."""
    return regex.compile(pattern, regex.V1)


def surface_form(text: str) -> str:
    """The text in NFKC, its case kept, without what is dropped, and without marks beyond `MARKS` in a row."""
    if text.isascii():
        return text
    text = text.translate(_DROP)
    return unicodedata.normalize("NFKC", _too_many_marks().sub(r"\1", text) if len(text) > MARKS else text)


def fold(text: str) -> str:
    """The form in which words are compared: NFKC, case folded; a curly apostrophe equals the straight one."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", surface_form(text).casefold()).replace("’", "'")


def fold_value(value: str) -> str:
    """A field's value as it is compared, whole: folded, and every run of spaces one space."""
    return " ".join(fold(value).split())


@cache
def _too_many_marks() -> regex.Pattern[str]:
    """What is beyond `MARKS` marks in a row: putting them in order takes time by the square of their number."""
    marks = "".join(regex.escape(chr(code)) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return regex.compile(rf"([{marks}]{{{MARKS}}})[{marks}]+")


@cache
def _composing() -> frozenset[str]:
    """Characters that normalisation may merge with the one before them (NFC_Quick_Check=Maybe)."""
    seconds = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(0xA0, 0x20000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    return frozenset(seconds)


def is_composing(character: str) -> bool:
    """Whether normalisation may merge this character with the one before it."""
    return unicodedata.normalize("NFKD", character)[0] in _composing()


def joins_previous(character: str) -> bool:
    """Whether normalisation may merge this character with, or move it before, the one before it."""
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0 or is_composing(character)
