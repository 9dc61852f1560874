"""A whole network's posts from a socket, decoded and held against 10,000 searches, beside a bare decode of the same.

Frames as Jetstream's, of about 900 bytes, each an answer to another post, come over a real websocket on the loopback
from a process of their own. Timed is the processor time of the process that listens, from the socket to what is kept.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Collection, Container, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import orjson
from websockets.frames import Frame, Opcode
from websockets.sync.server import ServerConnection, serve

from bench.language.posts_and_searches import World
from goodword.connectors.bluesky.jetstream import open_jetstream
from goodword.connectors.bluesky.sifting import Sieve
from goodword.connectors.bluesky.stream import Batch
from goodword.connectors.contract import Overheard
from goodword.connectors.reach import set_web_networks
from goodword.language.searches import Post, SearchIndex, parse

SEARCHES = int(os.environ.get("BENCH_SEARCHES", "10000"))
FRAMES = int(os.environ.get("BENCH_FRAMES", "200000"))
MUST = 20_000  # frames a second and core
DISTINCT = 20_000
WARM_UP = 20_000  # frames: the kernel is loaded and its tables are in the caches


def frames() -> list[bytes]:
    """Events of made-up posts."""
    world = World(0)
    return [world.event(number, world.text()) for number in range(DISTINCT)]


def tell(told: Connection) -> None:
    """Serve the frames, over and over, to whoever connects: a bare socket behind a real handshake."""
    parts = [Frame(Opcode.TEXT, event).serialize(mask=False) for event in frames()]
    blob = b"".join(parts)

    def speak(connection: ServerConnection) -> None:
        with suppress(OSError):  # the listener has heard enough
            while True:
                connection.socket.sendall(blob)

    with serve(speak, "127.0.0.1", 0, compression=None) as server:
        told.send(server.socket.getsockname()[1])
        server.serve_forever()


class Watching:
    """10,000 searches; nothing is known yet."""

    def __init__(self) -> None:
        world = World(SEARCHES)
        searches = [(number, parse(query)) for number, query in enumerate(world.searches())]
        self._index = SearchIndex(searches, sample=[world.text() for _ in range(2_000)])
        self.matched = 0

    def wanted(self, posts: Sequence[Overheard]) -> Sequence[bool]:
        """As the house asks its searches (`goodword.listen.interest`)."""
        found = self._index.match(
            [
                Post(
                    text=post.text,
                    id=post.native_id,
                    lang=post.lang,
                    channel="bluesky",
                    type=post.kind,
                    url=post.url,
                    hashtags=list(post.hashtags) or None,
                )
                for post in posts
            ]
        )
        self.matched += sum(map(len, found))
        return [bool(each) for each in found]

    def known(self, native_ids: Collection[str]) -> Container[str]:
        """None of them."""
        return ()

    def said_by(self, author: str) -> Collection[str]:
        """Nothing."""
        return ()


def main() -> None:
    """One run."""
    set_web_networks(["127.0.0.0/8"])
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=tell, args=(theirs,), daemon=True)
    server.start()
    interest = Watching()
    sieve = Sieve("did:plc:harbour", interest)
    now = datetime.now(UTC)
    with open_jetstream(f"ws://127.0.0.1:{ours.recv()}", {}, now, lambda: now) as stream:
        seen = _hear(stream.receive, sieve, WARM_UP)[0]
        interest.matched = 0
        began, started = time.process_time(), time.perf_counter()
        seen, kept = _hear(stream.receive, sieve, FRAMES)
        processor, wall = time.process_time() - began, time.perf_counter() - started
    server.terminate()
    sample = frames()
    began = time.process_time()
    for frame in sample:
        orjson.loads(frame)
    bare = len(sample) / (time.process_time() - began)
    rate = seen / processor
    print(f"{SEARCHES:,} searches, {seen:,} frames of {sum(map(len, sample)) // len(sample)} bytes from a websocket")
    print(f"{interest.matched / seen:.1f} matches a frame, {kept / seen:.0%} kept")
    print(f"{rate:,.0f} frames a second and core (must be {MUST:,}); {seen / wall:,.0f} a second on the clock")
    print(f"{rate / bare:.2f} of orjson.loads alone ({bare:,.0f} a second)")


def _hear(receive: Callable[[float], Batch], sieve: Sieve, count: int) -> tuple[int, int]:
    """Until so many frames have been seen; how many were, and how many posts were kept."""
    seen = kept = 0
    while seen < count:
        batch = receive(5.0)
        assert batch.frames, "nothing came for five seconds"
        seen += batch.frames
        kept += len(sieve.keep(batch.events))
    return seen, kept


if __name__ == "__main__":
    main()
