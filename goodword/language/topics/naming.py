"""How people write a phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import regex

from goodword.language.topics.phrases import joined


def as_written(phrase: str, wordings: Mapping[str, int], texts: Sequence[str]) -> str:
    """The phrase in its commonest wording, with the capitals that most of the texts give it."""
    wording = max(wordings, key=lambda one: (wordings[one], one), default=phrase)
    spelt = joined(wording)
    between = r"[^\p{L}\p{N}]{1,3}"
    pattern = regex.compile(between.join(map(regex.escape, spelt.split())), regex.IGNORECASE)
    found = Counter(" ".join(match[0].split()) for text in texts for match in pattern.finditer(text))
    return max(found, key=lambda one: (found[one], one), default=spelt)
