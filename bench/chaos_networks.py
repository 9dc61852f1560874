"""A bad day on three networks at once: 10,000 posts are heard and 1,000 replies sent, nothing lost and nothing twice.

The networks are twins over real HTTP and websockets: a fifth of all requests fails, some are done without an answer, a
tenth of what a stream says comes twice, some late, and it breaks off now and then. Whoever listens and whoever sends is
killed (kill -9) again and again. They keep what they know as the house does, the cursor with what it brought and a
claim before anything leaves, in SQLite, so that this shows the connectors; the house has chaos runs of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

import msgspec

from goodword.connectors.bluesky.connector import Bluesky
from goodword.connectors.contract import Author, Connector, Listens, Outgoing, Raw, Refused, Retry, Sends, Uncertain
from goodword.connectors.contract_suite import World as Place
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.mastodon.connector import Mastodon
from goodword.connectors.reach import set_web_networks
from goodword.connectors.twins.faults import FaultRates, Faults
from goodword.connectors.twins.world import World
from tests.connectors.bluesky.world import BlueskyTwinWorld
from tests.connectors.mastodon.world import MastodonWorld

sys.path.append(str(Path(__file__).parents[1] / "examples" / "guestbook"))
from goodword_guestbook.connector import Guestbook  # outside of our tree, as connectors may be
from goodword_guestbook.twin import make_twin

POSTS = int(os.environ.get("BENCH_POSTS", "10000"))
ANSWERED = 10  # every so many posts
RATES = FaultRates(errors=0.2, lost_answers=0.05, duplicates=0.1, reordering=0.1, disconnects=0.002)
A_SECOND = 150  # posts, on all networks together
PATIENCE = 900.0  # seconds, of the whole run
_BETWEEN_KILLS = (0.5, 3.0)  # seconds
_PAUSE = 0.05


class Speaks(Listens, Sends, Connector, Protocol):
    """A connector that hears and answers."""


@dataclass(frozen=True)
class Network:
    """One network, the connector that speaks with it, and what is kept of it."""

    name: str
    connector: Speaks
    place: Place
    kept: Path


def main() -> None:
    """Print a line of figures; ends in `SystemExit` when anything was lost or came twice."""
    with tempfile.TemporaryDirectory(prefix="goodword-chaos-") as folder, ExitStack() as stack:
        networks = list(_networks(Path(folder), stack))
        began = time.monotonic()
        said, kills = _day(networks, random.Random(7), stack)
        outcomes = [_outcome(network, *said[network.name]) for network in networks]
        total = {"networks": outcomes, "kills": kills, "seconds": round(time.monotonic() - began)}
    print(json.dumps(total))
    if any(outcome[wrong] for outcome in outcomes for wrong in ("lost", "twice", "unsent", "sent_twice")):
        raise SystemExit("something was lost, or came twice")


def _networks(folder: Path, stack: ExitStack) -> Iterator[Network]:
    guestbook = TwinWorld(
        make_twin(World("harbour")),
        native_id=lambda post: str(post.number),
        author=lambda account: Author(native_id=account.handle),
        posts_to="/api/entries",
        faults=Faults(RATES, seed=3),
    )
    places: list[tuple[str, Any, Any]] = [
        ("mastodon", Mastodon(), MastodonWorld(Faults(RATES, seed=1))),
        ("bluesky", Bluesky(), BlueskyTwinWorld(Faults(RATES, seed=2))),
        ("guestbook", Guestbook(), guestbook),
    ]
    for name, connector, place in places:
        network = Network(name, connector, stack.enter_context(place), folder / f"{name}.sqlite")
        with _store(network.kept) as store:
            store.executescript(
                "PRAGMA journal_mode=WAL;"
                "CREATE TABLE raw (id TEXT PRIMARY KEY, body BLOB, kind TEXT);"
                "CREATE TABLE cursor (json TEXT);"
                "CREATE TABLE reply (key TEXT PRIMARY KEY, outgoing BLOB, state TEXT, post TEXT);"
                "INSERT INTO cursor VALUES ('{}');"
            )
        yield network


def _day(
    networks: list[Network], chance: random.Random, stack: ExitStack
) -> tuple[dict[str, tuple[list[str], list[str]]], int]:
    """Customers speak, we answer, processes die; until everything is heard and sent, or patience is over."""
    said: dict[str, tuple[list[str], list[str]]] = {network.name: ([], []) for network in networks}
    workers = [_Worker(_hear, each) for each in networks] + [_Worker(_send, each) for each in networks]
    for worker in workers:
        stack.callback(worker.kill)
    began, kills, spoken = time.monotonic(), 0, 0
    next_kill = began + _BETWEEN_KILLS[1]
    while (now := time.monotonic()) < began + PATIENCE:
        for network in networks:
            if spoken < POSTS:
                spoken += 1
                ids, keys = said[network.name]
                ids += network.place.speak(1)
                if len(ids) % ANSWERED == 0:
                    keys.append(f"{network.name}-{len(ids)}")
                    _queue(network, keys[-1])
        if now > next_kill:
            chance.choice(workers).kill()
            kills, next_kill = kills + 1, now + chance.uniform(*_BETWEEN_KILLS)
        for worker in workers:
            worker.keep_alive()
        if spoken >= POSTS and all(_is_done(network, *said[network.name]) for network in networks):
            break
        time.sleep(len(networks) / A_SECOND if spoken < POSTS else 0.5)
    return said, kills


class _Worker:
    """A process that is started again when it died."""

    def __init__(self, work: Callable[[Speaks, Any, Path], None], network: Network) -> None:
        self._work, self._network = work, network
        self._process: BaseProcess | None = None

    def keep_alive(self) -> None:
        if self._process is None or not self._process.is_alive():
            given = (self._network.connector, dict(self._network.place.settings), self._network.kept)
            self._process = multiprocessing.get_context("spawn").Process(target=self._work, args=given, daemon=True)
            self._process.start()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()


def _hear(connector: Speaks, settings: dict[str, Any], kept: Path) -> None:
    """Listen for ever, keeping what comes with the cursor in one transaction."""
    set_web_networks(["127.0.0.0/8"])
    with _store(kept) as store:
        while True:
            cursor = json.loads(store.execute("SELECT json FROM cursor").fetchone()[0])
            try:
                for delivery in connector.listen(settings=settings, cursor=cursor, stop=lambda: False, now=_now):
                    with store:
                        rows = [(raw.delivery_id, raw.body, raw.content_type) for raw in delivery.raws]
                        store.executemany("INSERT OR IGNORE INTO raw VALUES (?, ?, ?)", rows)
                        store.execute("UPDATE cursor SET json = ?", [json.dumps(dict(delivery.cursor))])
            except Retry:
                time.sleep(_PAUSE)


def _send(connector: Speaks, settings: dict[str, Any], kept: Path) -> None:
    """Send for ever what is queued, claimed first; what was claimed by one that died is asked for."""
    set_web_networks(["127.0.0.0/8"])
    with _store(kept) as store:
        while True:
            query = "SELECT key, outgoing, state FROM reply WHERE state != 'sent' ORDER BY state LIMIT 1"
            if (row := store.execute(query).fetchone()) is None:
                time.sleep(_PAUSE)
                continue
            key, outgoing, state = row[0], msgspec.json.decode(row[1], type=Outgoing), row[2]
            try:
                receipt = connector.find_sent(settings=settings, outgoing=outgoing) if state == "claimed" else None
                if receipt is None:
                    _mark(store, key, "claimed")
                    receipt = connector.send(settings=settings, outgoing=outgoing, now=_now)
                _mark(store, key, "sent", receipt.native_id)
            except Retry:
                if state == "queued":
                    _mark(store, key, "queued")
                time.sleep(_PAUSE)
            except (Uncertain, Refused):
                time.sleep(_PAUSE)


def _queue(network: Network, key: str) -> None:
    outgoing = msgspec.json.encode(network.place.reply(key))
    with _store(network.kept) as store, store:
        store.execute("INSERT INTO reply VALUES (?, ?, 'queued', '')", [key, outgoing])


def _mark(store: sqlite3.Connection, key: str, state: str, post: str = "") -> None:
    with store:
        store.execute("UPDATE reply SET state = ?, post = ? WHERE key = ?", [state, post, key])


def _heard(network: Network) -> list[str]:
    """Native ids of what was heard, each as often as it would be a mention of its own."""
    with _store(network.kept) as store:
        raws = [Raw(*row) for row in store.execute("SELECT id, body, kind FROM raw").fetchall()]
    settings = network.place.settings
    return [heard.native_id for raw in raws for heard in network.connector.parse(raw, settings) if not heard.deleted]


def _is_done(network: Network, ids: list[str], keys: list[str]) -> bool:
    with _store(network.kept) as store:
        sent = store.execute("SELECT count(*) FROM reply WHERE state = 'sent'").fetchone()[0]
        raws = store.execute("SELECT count(*) FROM raw").fetchone()[0]
    return bool(sent == len(keys) and raws >= len(ids) and set(ids) <= set(_heard(network)))


def _outcome(network: Network, ids: list[str], keys: list[str]) -> dict[str, Any]:
    heard = _heard(network)
    arrived = [network.place.arrived(key) for key in keys]
    return {
        "network": network.name,
        "said": len(ids),
        "lost": len(set(ids) - set(heard)),
        "twice": len(heard) - len(set(heard)),
        "replies": len(keys),
        "unsent": arrived.count(0),
        "sent_twice": sum(count > 1 for count in arrived),
    }


@contextmanager
def _store(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=60)) as store:
        yield store


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
