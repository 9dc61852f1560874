"""Which reader is used. The worker loads it on first use; the web never does."""

from __future__ import annotations

from functools import cache

from goodword.triage.lexicon import LexiconReader
from goodword.triage.reading import Reader


@cache
def reader() -> Reader:
    """The reader that triage uses."""
    return LexiconReader()
