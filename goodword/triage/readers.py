"""Which readers triage uses. The worker loads them on first use; the web never does."""

from __future__ import annotations

from functools import cache

from goodword.kernel.memory import give_back_memory
from goodword.language import reading
from goodword.triage.learned import LearnedReader
from goodword.triage.reading import Reader


@cache
def reader() -> Reader:
    """Reads everything as it comes in."""
    return LearnedReader(reading.fast_reader(), deep=False)


def forget_deep_reader() -> None:
    """Nothing waits for it: what it needed is given back, if it was there. It comes back by itself."""
    if not deep_reader.cache_info().currsize:
        return
    from goodword.language.reading.encoders import forget_encoders

    deep_reader.cache_clear()
    forget_encoders()
    give_back_memory()


@cache
def deep_reader() -> Reader:
    """Reads again what is worth a second look; a hundred times the work."""
    return LearnedReader(reading.deep_reader(), deep=True)
