"""Hearing over troubles: a gap is filled from what the network remembers; nothing is lost or twice over faults."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from goodword.connectors.bluesky.connector import Bluesky
from goodword.connectors.contract import Cursor, Gap, Raw, Refused, Retry, Settings, Uncertain
from goodword.connectors.twins.faults import FaultRates, Faults
from tests.connectors.bluesky.test_jetstream import Server, microseconds, served
from tests.connectors.bluesky.world import BlueskyTwinWorld

PATIENCE = 60.0  # seconds


class House:
    """Keeps what is delivered as the house does, once for each delivery id; begins again from the cursor."""

    def __init__(self, settings: Settings, cursor: Cursor | None = None) -> None:
        self.settings, self.cursor = settings, cursor or {}
        self.raws: dict[str, Raw] = {}
        self.gaps: list[Gap] = []
        self.faults = 0

    def listen(self, count: int) -> None:
        """Until so many items are there."""
        deadline = time.monotonic() + PATIENCE
        while len(self.raws) < count:
            assert time.monotonic() < deadline, f"only {len(self.raws)} of {count} came"
            try:
                for delivery in Bluesky().listen(
                    settings=self.settings, cursor=self.cursor, stop=lambda: len(self.raws) >= count, now=now
                ):
                    self.raws.update((raw.delivery_id, raw) for raw in delivery.raws)
                    self.gaps += delivery.gaps
                    self.cursor = delivery.cursor
            except Retry:
                self.faults += 1

    def heard(self) -> list[str]:
        """Native ids, in order."""
        return [heard.native_id for raw in self.raws.values() for heard in Bluesky().parse(raw, self.settings)]


def now() -> datetime:
    return datetime.now(UTC)


def test_what_was_said_to_us_in_a_gap_comes_in_after_all() -> None:
    with BlueskyTwinWorld() as world, served(Server([], oldest=now() - timedelta(hours=1))) as stream:
        said = world.speak(3)
        away = now() - timedelta(hours=30)
        cursor = {"begin": away.isoformat(), "jetstream": {"time_us": microseconds(away)}}
        house = House({**world.settings, "stream": stream}, cursor)
        house.listen(len(said))
    assert house.heard() == said
    (gap,) = house.gaps
    assert abs(gap.since - away) < timedelta(seconds=1)


def test_over_faults_all_is_heard_once_and_every_reply_arrives_once() -> None:
    rates = FaultRates(errors=0.2, lost_answers=0.1, duplicates=0.1, reordering=0.1, disconnects=0.02)
    with BlueskyTwinWorld(Faults(rates, seed=11)) as world:
        house = House(world.settings)
        said = world.speak(150)
        house.listen(len(said))
        keys = [f"key-{number}" for number in range(30)]
        for key in keys:
            send_as_the_house_does(world, key)
        arrived = [world.arrived(key) for key in keys]
        house.listen(len(said) + len(keys))
    assert house.faults > 0
    heard = house.heard()
    assert len(heard) == len(set(heard)) == len(said) + len(keys)
    assert set(said) <= set(heard)
    assert arrived == [1] * len(keys)


def send_as_the_house_does(world: BlueskyTwinWorld, key: str) -> None:
    """Try again after `Retry`; after `Uncertain` ask first."""
    bluesky, outgoing, perhaps_sent = Bluesky(), world.reply(key), False
    for _ in range(200):
        try:
            if perhaps_sent and bluesky.find_sent(settings=world.settings, outgoing=outgoing):
                return
            bluesky.send(settings=world.settings, outgoing=outgoing, now=now)
        except Uncertain:
            perhaps_sent = True
        except Refused as refusal:
            raise AssertionError(f"refused: {refusal}") from refusal
        except Retry:
            continue
        else:
            return
    raise AssertionError("it never went out")
