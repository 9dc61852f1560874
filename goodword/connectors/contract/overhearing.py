"""Hearing a network that tells everything to everybody: only what somebody looks for is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from goodword.connectors.contract.abilities import Listens
from goodword.connectors.contract.heard import Kind
from goodword.connectors.contract.raw import Cursor, Delivery, Settings


@dataclass(slots=True)
class Overheard:
    """A public post in passing, as far as a search can look at it. Of a whole network most are never stored.

    The author is missing where the network names nobody: a search for authors then finds nothing in passing.
    """

    native_id: str
    text: str
    author: str = ""  # handle
    lang: str | None = None
    url: str = ""
    kind: Kind = Kind.POST
    hashtags: Sequence[str] = ()


class Interest(Protocol):
    """What the house would keep of a network that tells everything to everybody; asked of a whole batch at once."""

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """For each post whether a saved search matches it."""
        ...

    def known(self, native_ids: Collection[str]) -> Container[str]:
        """Which of these were heard before: to honour edits and deletions, and to hear what answers them."""
        ...

    def said_by(self, author: str) -> Collection[str]:
        """Native ids of what this author said that still stands here: it goes when the network says that they left."""
        ...


@runtime_checkable
class Overhears(Listens, Protocol):
    """A connector of a network whose stream tells all that anybody says, too much to be stored.

    The house calls `overhear` in the place of `listen`, which hears what concerns the account alone.
    """

    def overhear(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        interest: Interest,
    ) -> Iterator[Delivery]:
        """As `listen`, and also what is wanted or belongs to what is known. Only that may be yielded."""
        ...
