"""What nobody outside may read, in public or in private: keys and passwords, and words a house keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from goodword.honesty.rules.words import any_of

_KEY = re.compile(
    any_of(
        r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
        r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
        r"\bgh[pousr]_[A-Za-z0-9]{30,}",
        r"\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{12,}",
        r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{1,60}:[^\s:/@]{3,60}@",
    )
)
"""Keys by the shapes that their makers give them, so that they can be found."""
_PASSWORD = re.compile(
    r"\b(?:password|passwort|passcode|contraseña|mot de passe|api[ _-]?key|access token)\s*(?:is|ist|es|est|=|:)\s*"
    r"[\"'“”]?(?=\S*\d)(?=\S*[A-Za-z])\S{6,}",
    re.IGNORECASE,
)
"""A password that is told: of letters and digits, as no word of a sentence is."""


def secrets_in(text: str) -> list[str]:
    """The keys and passwords of a text, as they stand there."""
    return [found[0] for pattern in (_KEY, _PASSWORD) for found in pattern.finditer(text)]


def confidential_in(text: str, words: Sequence[str]) -> list[str]:
    """Those of a house's words that a text holds, as they stand there; whole words, in any case."""
    pattern = _any_word(tuple(words))
    return [found[0] for found in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=32)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str] | None:
    given = [r"\s+".join(map(re.escape, word.split())) for word in words if word.strip()]
    return re.compile(rf"(?<!\w){any_of(*given)}(?!\w)", re.IGNORECASE) if given else None
