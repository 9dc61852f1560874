"""Posted on a network → visible in an open inbox: a twin over real HTTP and a real websocket, all else as in life."""

from __future__ import annotations

import os
import threading
import time

from bench._product import product, state_folder
from bench.latency import Inbox, percentiles, signed_in, wait_for
from goodword.config.embedded.cluster import cluster_in
from goodword.connectors.mastodon.twin import MastodonTwin
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.server import Served
from goodword.connectors.twins.world import World

RATE = float(os.environ.get("BENCH_NETWORK_RATE", "5"))  # posts a second
SECONDS = int(os.environ.get("BENCH_SECONDS", "30"))
WARM_UP = 5  # seconds of the same before
MUST = 2.0  # seconds, p99


def main() -> None:
    """Listen to a twin of Mastodon in the running product, with one inbox open, and have customers speak."""
    world = World("harbour")
    twin = MastodonTwin(world, requests=RateLimit.unlimited(), uploads=RateLimit.unlimited())
    loopback = {"GOODWORD_ALSO_FETCH_FROM": "127.0.0.0/8"}
    with Served(twin) as address, state_folder() as home, product(home, **loopback) as running:
        os.environ["GOODWORD_HOME"] = str(home)
        os.environ["GOODWORD_DATABASE_URL"] = cluster_in(home).url
        inbox = signed_in(running)
        for each in (inbox.hear, inbox.look):
            threading.Thread(target=each, daemon=True).start()
        inbox.listening.wait(30)
        _connect(inbox.slug, dict(twin.settings(address)))
        posted = _speak(world, inbox)
        inbox.over.set()
    _report(posted, inbox)


def _connect(slug: str, settings: dict[str, str]) -> None:
    from goodword.config.processes.django_process import django_process

    with django_process("bench"):
        from goodword.kernel.clock import current_time
        from goodword.listen.sources import open_source
        from goodword.staff.models import Workspace

        workspace = Workspace.objects.get(slug=slug)
        open_source(
            workspace=workspace, connector_key="mastodon", name="Mastodon", settings=settings, now=current_time()
        )


def _speak(world: World, inbox: Inbox) -> list[float]:
    """When each post was made; every one is of a customer of their own, so that each opens a case."""
    posted: list[float] = []
    for seconds in (WARM_UP, SECONDS):
        began, first = time.monotonic(), len(posted)
        for number in range(first, first + int(seconds * RATE)):
            time.sleep(max(0.0, began + (number - first) / RATE - time.monotonic()))
            customer = world.account(f"customer{number}")
            world.say(customer, f"@{world.brand.handle} My parcel number {number} never came, I want my money back!")
            posted.append(time.monotonic())
        wait_for(inbox, len(posted) - 1)
    return posted


def _report(posted: list[float], inbox: Inbox) -> None:
    shown, number = [], int(WARM_UP * RATE)
    for _told_at, shown_at, newest in inbox.looks:
        while number <= newest:
            shown.append(shown_at - posted[number])
            number += 1
    p50, p99 = percentiles(shown)
    verdict = f"must ≤ {MUST:.0f} s: {'kept' if p99 <= MUST else 'BROKEN'}; {p99 / MUST:.2f} of it"
    print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{len(shown)} posts at {RATE:g} a second → row in the list   p50 {p50:.2f} s   p99 {p99:.2f} s   ({verdict})"
    )
