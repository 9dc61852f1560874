"""What two copies of a post have in common: its words, without what people change when they pass it on."""

from __future__ import annotations

import unicodedata

import regex

MOST_CHARACTERS = 4_000
"""Nothing after these is compared, so that no text costs more than its share."""

_REPOST = regex.compile(r"^\s*(?:rt|via|mt)\s+(?=@\w)", regex.IGNORECASE)
_LINK = regex.compile(r"(?:https?://|www\.)\S+", regex.IGNORECASE)
_HANDLE = regex.compile(r"(?<![\w@])@[\w.]+(?:@[\w.-]+)?")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)*")


def essence(text: str) -> str:
    """The words in lower case with one space between: no handles, links, emoji, punctuation or marks of a repost.

    Empty when nothing else was in it.
    """
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS])
    plain = _HANDLE.sub(" ", _LINK.sub(" ", _REPOST.sub("", plain)))
    return " ".join(word.replace("’", "'") for word in _WORD.findall(plain.casefold()))
