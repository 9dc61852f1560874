"""What stands on the face of a text and an encoder doesn't see: whom it addresses, what it names, how it is put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from goodword.language.reading.cues import cues
from goodword.language.reading.normalise import MAX_CHARACTERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CUES: Final = (
    "danger", "vulnerable", "legal", "stranded", "money", "account", "unanswered", "leaving", "pressing", "failure",
    "no_help", "thanks",
)  # fmt: skip
_CARE_HANDLE: Final = re.compile(r"@\w{0,20}(?:help|support|care|service|ask|cust|team|assist)", re.IGNORECASE)
_FIRST_PERSON: Final = re.compile(r"\b(?:my|i|we|our|me|us)\b", re.IGNORECASE)
_SECOND_PERSON: Final = re.compile(r"\b(?:you|your|u|ur)\b", re.IGNORECASE)
WIDTH: Final = len(_CUES) + 10


def surface(texts: Sequence[str]) -> NDArray[np.float32]:
    """[texts, WIDTH]: cues (two of a kind at most), and signs of who speaks to whom, 0 to 2 each."""
    import numpy as np

    return np.array([_signs(text[:MAX_CHARACTERS]) for text in texts], dtype=np.float32).reshape(-1, WIDTH)


def _signs(text: str) -> list[float]:
    found = cues(text)
    return [
        *(min(2, found.get(name, 0)) for name in _CUES),
        text.lstrip().startswith("@"),
        "@" in text,
        _CARE_HANDLE.search(text) is not None,
        "#" in text,
        "http" in text,
        "?" in text,
        "!" in text,
        min(2.0, len(text) / 140),
        _FIRST_PERSON.search(text) is not None,
        _SECOND_PERSON.search(text) is not None,
    ]
