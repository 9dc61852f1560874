"""Sentences of a text that only our team may read, in what somebody outside is going to read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from goodword.language.sentences import sentences

FEWEST_WORDS: Final = 6
"""Shorter sentences stand anywhere: "Thank you for waiting." """
FEWEST_OF_ALL: Final = 3
"""Of a text that is there as a whole: as it comes when somebody puts it in."""
_WORD: Final = re.compile(r"\w+")


def quoted_from(text: str, source: str) -> str | None:
    """All of `source`, or the first of its sentences, that `text` holds, as it stands there; punctuation is free."""
    said = list(_WORD.finditer(text))
    words = [word[0].casefold() for word in said]
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word].append(at)
    parts = [(source, FEWEST_OF_ALL), *((source[start:end], FEWEST_WORDS) for start, end in sentences(source))]
    for part, fewest in parts:
        wanted = [word.casefold() for word in _WORD.findall(part)]
        if len(wanted) < fewest:
            continue
        for at in places.get(wanted[0], ()):
            if words[at : at + len(wanted)] == wanted:
                return text[said[at].start() : said[at + len(wanted) - 1].end()]
    return None
