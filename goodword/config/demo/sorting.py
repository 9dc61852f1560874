"""What a case of the demo is about, by the words of whoever opened it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from goodword.care.models import Case

T = TypeVar("T")


def about(case: Case, choices: Sequence[tuple[T, Sequence[str]]]) -> T | None:
    """The first choice of which a word begins in the case's name, else the first of its opening words; or none."""
    said = case.opening_mention.text if case.opening_mention else ""
    for text in (case.subject, said):
        for choice, words in choices:
            if any(re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) for word in words):
                return choice
    return None
