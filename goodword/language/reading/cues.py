"""Words that tell how soon somebody must act, by what they tell of: the phrases of `cues.toml`.

Each run of words is looked up, so the cost is linear in the text, however many phrases there are.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)?")


@cache
def _lexicon() -> dict[tuple[str, ...], str]:
    written = (resources.files("goodword.language.reading") / "cues.toml").read_text(encoding="utf-8")
    phrases: dict[str, list[str]] = tomllib.loads(written)
    return {tuple(phrase.split()): cue for cue, of_cue in phrases.items() for phrase in of_cue}


@cache
def _first_words() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in _lexicon():
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def cues(text: str) -> dict[str, int]:
    """How often each cue is given. `text` as written; only its first words of a reading's length count."""
    words = ["#" if word[0].isdecimal() else word.replace("’", "'") for word in _WORD.findall(text.lower())]
    lexicon, first_words = _lexicon(), _first_words()
    found: dict[str, int] = {}
    at = 0
    while at < len(words):
        step = 1
        for length in range(first_words.get(words[at], 0), 0, -1):
            cue = lexicon.get(tuple(words[at : at + length]))
            if cue is not None:
                found[cue] = found.get(cue, 0) + 1
                step = length
                break
        at += step
    return found
