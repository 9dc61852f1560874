"""The first words of a case, as a list shows them."""

from __future__ import annotations

import re

# Zero-width and direction-changing characters could make one line of a list rearrange the next.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x1f\x7f]")
_HANDLES_AHEAD = re.compile(r"^(?:@\w{1,40}\s+)+")
_ADDRESS = re.compile(r"https?://\S+")
SUBJECT_LENGTH = 120


def opening_words(title: str, text: str) -> str:
    """A subject: the title where there is one, else the first sentence or line without the handles it begins with."""
    words = title.strip() or _HANDLES_AHEAD.sub("", text[:1000].strip())
    words = " ".join(_INVISIBLE.sub(" ", _ADDRESS.sub("", words)).split()) or " ".join(text[:200].split())
    first = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]
    words = first if len(first) >= 12 else words
    return words if len(words) <= SUBJECT_LENGTH else words[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"
