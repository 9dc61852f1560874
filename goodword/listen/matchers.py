"""Hold posts against a search: by the kernel where they are many, by the reference where they are few.

The kernel does a hundred thousand posts a second, and takes some 25 MB once it is loaded; the reference some thousand,
and nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from goodword.language.searches import Post, Search, SearchIndex, matches

FEW = 200
"""Posts that are not worth the kernel, if it is not there already."""

Hold = Callable[[Sequence[Post]], list[bool]]
"""Whether each of these posts matches; fewer answers than posts: the time was over."""


def by_kernel(search: Search) -> Hold:
    """As fast as can be; for the worker. A few posts alone don't load the kernel."""
    index: SearchIndex | None = None

    def hold(posts: Sequence[Post]) -> list[bool]:
        nonlocal index
        if index is None and len(posts) <= FEW:
            return [matches(search, post) for post in posts]
        index = index or SearchIndex([(0, search)])
        return [bool(found) for found in index.match(posts)]

    return hold


def by_hand(search: Search, *, seconds: float) -> Hold:
    """By the reference, for as long as there is time. Needs no kernel, and goes some thousand posts far."""
    ends = time.monotonic() + seconds

    def hold(posts: Sequence[Post]) -> list[bool]:
        held: list[bool] = []
        for post in posts:
            if time.monotonic() > ends:
                break
            held.append(matches(search, post))
        return held

    return hold
