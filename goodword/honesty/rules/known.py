"""A customer's data that we know of, in what everyone can read."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEAST = 5
"""Shorter data may be anything: "Kim" or "2024" tells nothing of anybody."""
_DIGITS = re.compile(r"\d[\d ().\-/]{3,}\d")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_DIGIT = re.compile(r"\D")


def known_in(text: str, data: Iterable[str]) -> list[str]:
    """The places of `text` that tell some of `data` (addresses, numbers, handles elsewhere), as they stand there.

    A number is known however it is spaced.
    """
    numbers = {_NOT_DIGIT.sub("", found[0]): found[0] for found in _DIGITS.finditer(text)}
    found: list[str] = []
    for each in {one.strip() for one in data}:
        if len(each) < _LEAST:
            continue
        place = re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE)
        digits = "" if _LETTER.search(each) else _NOT_DIGIT.sub("", each)
        if place:
            found.append(place[0])
        elif len(digits) >= _LEAST and digits in numbers:
            found.append(numbers[digits])
    return sorted(set(found), key=text.find)
