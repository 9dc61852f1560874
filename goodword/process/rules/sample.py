"""Draw at random, and the same again whoever asks: by a digest of the seed and each id. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def draw(ids: Iterable[int], *, size: int, seed: str) -> list[int]:
    """At most `size` of the ids, each as likely as any other; in whatever order they come, the same are drawn.

    One that is added or taken away changes the others as little as can be.
    """
    return sorted(set(ids), key=lambda one: sha256(f"{seed}:{one}".encode()).digest())[:size]
