"""The network itself: what a listener gets to hear, and what happens to a post of the brand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from goodword.connectors.contract import Outgoing, Refused
from goodword.connectors.simulator.journal import Entry, Journal
from goodword.connectors.simulator.script import Story
from goodword.connectors.simulator.world import Pace, World

_BATCH = 200


@dataclass(frozen=True, slots=True)
class News:
    """What happened, each entry with the story it belongs to, and the number of the last entry looked at."""

    told: Sequence[tuple[Entry, Story]]
    until: int


class Network:
    """One world in one folder. Safe to use from several threads and processes at once."""

    def __init__(self, folder: Path, pace: Pace) -> None:
        self._pace = pace
        self._world = World(pace)
        self._journal = Journal(folder, on_start=self._begin_again, on_entry=self._take_in)

    def _begin_again(self) -> None:
        self._world = World(self._pace)

    def _take_in(self, entry: Entry) -> None:
        self._world.apply(entry)

    @contextmanager
    def _opened(self, now: datetime) -> Iterator[tuple[World, Callable[[Entry], None]]]:
        with self._journal.locked() as add:
            if not self._world.has_started:
                add(self._world.start_entry(now))
            yield self._world, add

    def hear(self, after: int, now: datetime) -> News:
        """Let the world go on until `now`; then what happened after entry number `after`, at most a batch of it."""
        with self._opened(now) as (world, add):
            for entry in world.happening(now):
                add(entry)
            entries = world.entries[after : after + _BATCH]
            told = [(entry, story) for entry in entries if (story := world.story(entry.story))]
        return News(told, until=after + len(entries))

    def accept(self, outgoing: Outgoing, now: datetime) -> Entry:
        """Take a post of the brand, once for each idempotency key. Raises `Refused`."""
        with self._opened(now) as (world, add):
            known = world.by_key.get(outgoing.idempotency_key)
            if known is not None:
                return known
            entry = _entry(world, outgoing, now)
            add(entry)
        return entry

    def find(self, idempotency_key: str, now: datetime) -> Entry | None:
        """The post that was sent with this key, if the network has it."""
        with self._opened(now) as (world, _):
            return world.by_key.get(idempotency_key)


def _entry(world: World, outgoing: Outgoing, now: datetime) -> Entry:
    story = world.conversation_of(outgoing.thread, outgoing.in_reply_to)
    if story is None:
        raise Refused("The conversation that this answers doesn't exist on the demo network (any more).")
    if outgoing.in_reply_to is not None and world.is_deleted(outgoing.in_reply_to):
        raise Refused("The customer has deleted the post that this answers.")
    last = world.last_in(story)
    return Entry(
        n=len(world.entries) + 1,
        event="sent",
        at=now,
        id="sent-" + hashlib.blake2b(outgoing.idempotency_key.encode(), digest_size=12).hexdigest(),
        story=story,
        by="brand",
        text=outgoing.text,
        parent=outgoing.in_reply_to or (last.id if last else None),
        private=outgoing.private,
        key=outgoing.idempotency_key,
        purpose=outgoing.purpose,
    )
