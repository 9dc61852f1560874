"""Words that tell how soon somebody must act, by what they tell of: the phrases of `cues.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from goodword.language.reading.phrases import Phrases


@cache
def lexicon() -> Phrases:
    """The phrases, and the cue that each gives."""
    written = (resources.files("goodword.language.reading") / "cues.toml").read_text(encoding="utf-8")
    return Phrases(tomllib.loads(written))


def cues(text: str) -> dict[str, int]:
    """How often each cue is given."""
    return lexicon().count(text)
