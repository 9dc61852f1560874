"""How far the clause of a promise goes within its sentence."""

from __future__ import annotations

import re
from typing import Final

from goodword.promises.rules.word_classes import any_of

_SUBJECTS: Final = any_of("we", "i", "you", "please", "pls", "thanks", "thank", "let", "sorry")
_AND: Final = any_of("and", "&amp;", "&")
_NEXT = re.compile(
    any_of(
        r"(?:,|;|:| -| –| —)? (?:but|however|though|although|because|unless)\b",
        r", (?:thanks|thank you|hope|cheers|sorry)\b",
        *("; ", " - ", " – ", " — "),
        rf",? (?:{_AND}|so|then) (?=(?:{_SUBJECTS}|they|our|the|hope|dm|it)\b)",
        rf",? (?:{_AND}|but) (?=will\b)",
        rf", (?={_SUBJECTS}\b)",
        r"[\s.!?][\^*~]\s?[A-Z]\w*",  # an agent's initials: ^AB, *HKS
        r"\s[-/–][A-Z][A-Za-z]*(?=\s|$)",
        r"\shttps?://",
    ),
    re.IGNORECASE,
)
_IF = re.compile(r"(?<!see)(?<!check)(?<!know)(?<!out)(?<!ask)(?<!confirm)[,:]? if\b", re.IGNORECASE)
_NAME: Final = r", [A-Z][\w’'-]{1,20}"
_TAIL = re.compile(rf"(?:{_NAME})?[^\w%]+$|{_NAME}$")
"""Marks, emoji and the name of whoever is spoken to."""
_TIME_BEFORE = re.compile(
    r"(?:^|[.!?,] )((?:just )?(?:as soon as|once|when|by|within|in|on|tomorrow|today|tonight|later|this|next|"
    r"first thing)\b[^.!?;]{0,90}?),? $",
    re.IGNORECASE,
)


def end_of_clause(text: str, act: int, end: int) -> int:
    """Where the clause ends whose act begins at `act`, in a sentence that ends at `end`."""
    for pattern in (_NEXT, _IF):
        cut = pattern.search(text, act, end)
        end = cut.start() if cut else end
    tail = _TAIL.search(text, act, end)
    return tail.start() if tail else end


def time_before(before: str) -> tuple[int, int] | None:
    """Where in the words before a promise a time stands that belongs to it: "By Friday, we'll …"."""
    found = _TIME_BEFORE.search(before)
    return found.span(1) if found else None
