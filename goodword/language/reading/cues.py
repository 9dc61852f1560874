"""Words that tell how soon somebody must act, by what they tell of: the phrases of `cues.toml`.

Each run of words is looked up, so the cost is linear in the text, however many phrases there are.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|#")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def lexicon() -> dict[tuple[str, ...], str]:
    """The phrases as words in lower case, and the cue that each gives."""
    written = (resources.files("goodword.language.reading") / "cues.toml").read_text(encoding="utf-8")
    phrases: dict[str, list[str]] = tomllib.loads(written)
    return {tuple(phrase.split()): cue for cue, of_cue in phrases.items() for phrase in of_cue}


@cache
def _first_words() -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for phrase in lexicon():
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def cues(text: str) -> dict[str, int]:
    """How often each cue is given. Phrases don't overlap: the longest that begins first counts."""
    words = _WORD.findall(_NUMBER.sub("#", text.lower().replace("’", "'")))
    phrases, first_words = lexicon(), _first_words()
    found: dict[str, int] = {}
    after = 0
    for start in [place for place, word in enumerate(words) if word in first_words]:
        if start < after:
            continue
        for length in range(first_words[words[start]], 0, -1):
            cue = phrases.get(tuple(words[start : start + length]))
            if cue is not None:
                found[cue] = found.get(cue, 0) + 1
                after = start + length
                break
    return found
