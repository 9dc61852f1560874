"""Rules for `overhear`: what is wanted is heard wherever it is said, and nothing else of all that goes by."""

from __future__ import annotations

import time
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from goodword.connectors.contract import Overheard, Overhears
from goodword.connectors.contract_suite import listens
from goodword.connectors.contract_suite.subject import Subject, World, require


@runtime_checkable
class WideWorld(World, Protocol):
    """A world in which people also speak of other things than the brand, and not to it."""

    def speak_elsewhere(self, text: str) -> str:
        """Somebody says this to nobody in particular; its native id."""
        ...


@dataclass(slots=True)
class Wanting:
    """An interest in one word."""

    word: str
    seen: set[str] = field(default_factory=set)

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """Those with the word."""
        self.seen |= {post.native_id for post in posts}
        return [self.word in post.text for post in posts]

    def known(self, native_ids: Collection[str]) -> Container[str]:
        """None."""
        return ()

    def said_by(self, author: str) -> Collection[str]:
        """Nothing."""
        return ()


def check_overhears(subject: Subject, world: WideWorld) -> None:
    """What is wanted comes, as does what is said to the account; what nobody wants is seen in passing and not kept."""
    word = "lighthouse"
    unwanted, wanted = world.speak_elsewhere("Nothing of interest"), world.speak_elsewhere(f"A broken {word}")
    told = world.speak(1)
    interest = Wanting(word)
    heard = _overhear(subject, world, interest, until={wanted, *told})
    require(unwanted in interest.seen, "the house is asked about what is said anywhere")
    require(unwanted not in heard, "what nobody wants isn't kept")


def _overhear(subject: Subject, world: World, interest: Wanting, *, until: set[str]) -> set[str]:
    connector, heard = subject.connector, set[str]()
    assert isinstance(connector, Overhears)
    deadline = time.monotonic() + listens._PATIENCE
    stream = connector.overhear(
        settings=world.settings,
        cursor={},
        stop=lambda: until <= heard or time.monotonic() > deadline,
        now=world.now,
        interest=interest,
    )
    for delivery in stream:
        heard |= {each.native_id for raw in delivery.raws for each in connector.parse(raw, world.settings)}
        if until <= heard or time.monotonic() > deadline:
            break
    require(until <= heard, f"what is wanted is heard: {until - heard} never came")
    return heard
