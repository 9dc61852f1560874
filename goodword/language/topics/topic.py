"""What is told of a topic, and of what."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Said(Generic[Id]):
    """A post, said at a time in seconds. `weight` is how many it stands for: more than one for a voice with copies."""

    id: Id
    text: str
    at: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Topic(Generic[Id]):
    """Something that several people talk about."""

    phrases: tuple[str, ...]
    """What it is about, as its posts write it, the most telling first."""
    wordings: tuple[str, ...]
    """Phrases in lower case, of which each of its posts holds one: a search for any of them finds them all."""
    posts: tuple[Id, ...]
    """All of them, the oldest first."""
    first_at: float
    growth: float
    """Its part of what was said in the last hours ÷ its part of what was said before."""
    typical: tuple[Id, ...]
    """Posts to show for it."""
    is_new: bool
    """It came up within the last day."""
    is_rising: bool
    """It is talked of at least twice as much as before, and more than chance explains."""
