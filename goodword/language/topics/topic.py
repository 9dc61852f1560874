"""What is told of a topic."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Topic(Generic[Id]):
    """Something that several people talk about."""

    id: int
    """Stays the same while the topic lives; when two turn out to be one, it is the older one's."""
    phrases: tuple[str, ...]
    """What it is about, in the words of its posts, the most telling first."""
    posts: float
    """Posts lately: each counts half as much after three days."""
    growth: float
    """Posts an hour now ÷ posts an hour on average."""
    first_seen: float
    typical: tuple[Id, ...]
    """Posts to show for it."""
    is_new: bool
    """It came up within the last day."""
    is_rising: bool
    """It is talked of at least twice as much as before, and more than chance explains."""
