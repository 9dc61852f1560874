"""Where the sentences of a text stand. Made for what is typed to customers: short, chatty, signed, with links."""

from __future__ import annotations

import re
from typing import Final

_END = re.compile(r"[.!?…]{1,8}[\"'”’)\]]{0,2}(?=\s|$)|\n")
_ABBREVIATION = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|no|nr|vs|approx|depts?|tel|ext|e\.g|i\.e|a\.m|p\.m|min|hrs?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION: Final = 8


def sentences(text: str) -> list[tuple[int, int]]:
    """The characters [start, end) of each sentence, its closing mark included, in order; blank ones are left out.

    A mark ends a sentence where white space or the end follows it, so links, prices and versions stay whole.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for mark in _END.finditer(text):
        if _is_abbreviation(text, mark):
            continue
        _add(found, text, start, mark.end())
        start = mark.end()
    _add(found, text, start, len(text))
    return found


def _is_abbreviation(text: str, mark: re.Match[str]) -> bool:
    """A title is never the end; any other shortened word is none where a small letter or a number goes on."""
    if mark[0] != ".":
        return False
    before = _ABBREVIATION.search(text, max(0, mark.end() - _LONGEST_ABBREVIATION), mark.end())
    if not before:
        return False
    following = text[mark.end() + 1 : mark.end() + 2]
    is_title = before[0].lower() in {"mr.", "mrs.", "ms.", "dr.", "prof."}
    return is_title or following.islower() or following.isdigit() or before[0].lower() == "dept."


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(stripped)))
