"""Arrival → visible in an open inbox, at 200 posts a second: from commit to live event, and to the row in the list.

A post counts as visible when the list, newest first, that an open inbox fetches after an event begins with it or with a
later one. Every post is a complaint of a customer of their own, so that each opens a case: the dearest kind.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import orjson

from bench._product import Product, product, state_folder
from goodword.config.embedded.cluster import cluster_in

if TYPE_CHECKING:
    from goodword.connectors.contract import Raw

RATE = int(os.environ.get("BENCH_RATE", "200"))  # posts a second
SECONDS = int(os.environ.get("BENCH_SECONDS", "30"))
WARM_UP = 5  # seconds of the same before; a process that has just started loads its readers first
BATCHES = 10  # deliveries a second
MUST = 1.0  # seconds, p99
PATIENCE = 120.0  # seconds for the last post
_MARK = re.compile(r"parcel number (\d+)")


@dataclass
class Inbox:
    """An open inbox: told of changes by the live stream, it fetches its list again."""

    client: httpx.Client
    slug: str
    looks: list[tuple[float, float, int]] = field(default_factory=list)  # told at, shown at, newest post
    _told: threading.Event = field(default_factory=threading.Event)
    _told_at: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)
    listening: threading.Event = field(default_factory=threading.Event)

    def hear(self) -> None:
        """Follow the live stream until it is over."""
        with self.client.stream("GET", f"/live/{self.slug}/", timeout=None) as stream:
            for line in stream.iter_lines():
                if self.over.is_set():
                    return
                self.listening.set()
                if line.startswith("data:") and not self._told.is_set():
                    self._told_at = time.monotonic()
                    self._told.set()

    def look(self) -> None:
        """Fetch the list after each event; what happens meanwhile is seen by the next look."""
        while not self.over.is_set():
            if not self._told.wait(timeout=0.5):
                continue
            told_at = self._told_at
            self._told.clear()
            answer = self.client.get(f"/w/{self.slug}/inbox/?view=open", headers={"HX-Request": "true"}, timeout=30)
            newest = max((int(number) for number in _MARK.findall(answer.text)), default=-1)
            self.looks.append((told_at, time.monotonic(), newest))

    @property
    def newest(self) -> int:
        """The newest post that was seen."""
        return max((newest for _, _, newest in self.looks), default=-1)


def main() -> None:
    """Feed a source of the running product from beside it, with one inbox open."""
    with state_folder() as home, product(home) as running:
        os.environ["GOODWORD_HOME"] = str(home)
        os.environ["GOODWORD_DATABASE_URL"] = cluster_in(home).url
        inbox = signed_in(running)
        threads = [threading.Thread(target=each, daemon=True) for each in (inbox.hear, inbox.look)]
        for thread in threads:
            thread.start()
        inbox.listening.wait(30)
        committed = _feed(inbox)
        inbox.over.set()
    _report(committed, inbox)


def signed_in(running: Product) -> Inbox:
    """An inbox of whoever the product's own link lets in."""
    client = httpx.Client(base_url=running.address, follow_redirects=True, timeout=30)
    page = client.get(running.sign_in)
    found = re.match(r"/w/([^/]+)/", page.url.path)
    if found is None:
        sys.exit(f"Signing in led to {page.url}.")
    return Inbox(client, found.group(1))


def _feed(inbox: Inbox) -> list[float]:
    """Take in `RATE` posts a second, after a warm-up, and wait until all can be seen; when each was committed."""
    from goodword.config.processes.django_process import django_process

    with django_process("bench"):
        from goodword.connectors.contract import Delivery
        from goodword.kernel.clock import current_time
        from goodword.listen import jobs
        from goodword.listen.import_file import source_for_file
        from goodword.listen.intake import take_in
        from goodword.staff.models import Workspace

        workspace = Workspace.objects.get(slug=inbox.slug)
        source = source_for_file(workspace=workspace, format="jsonl", name="Feed", now=current_time())
        committed: list[float] = []
        for seconds in (WARM_UP, SECONDS):
            before, began = len(committed), time.monotonic()
            for batch in range(seconds * BATCHES):
                time.sleep(max(0.0, began + batch / BATCHES - time.monotonic()))
                raws = tuple(_posts(len(committed), RATE // BATCHES))
                take_in(source=source, delivery=Delivery(raws=raws, cursor={"n": len(committed)}), now=current_time())
                jobs.wake(source.pk)
                committed += [time.monotonic()] * len(raws)
            rate = (len(committed) - before) / (time.monotonic() - began)
            wait_for(inbox, len(committed) - 1)
        print(f"fed {len(committed) - before:,} posts at {rate:.0f} a second, after {before:,} to warm up")
        return committed


def wait_for(inbox: Inbox, newest: int) -> None:
    """Until the post of this number was seen."""
    deadline = time.monotonic() + PATIENCE
    while inbox.newest < newest:
        if time.monotonic() > deadline:
            sys.exit(f"After {PATIENCE:.0f} s only {inbox.newest + 1:,} of {newest + 1:,} posts were visible.")
        time.sleep(0.05)


def _posts(first: int, count: int) -> Iterator[Raw]:
    from goodword.connectors.contract import Raw

    for number in range(first, first + count):
        said = {
            "id": f"post-{number}",
            "author": f"customer-{number}",
            "at": datetime.now(UTC).isoformat(),
            "text": f"My parcel number {number} never came, I want my money back!",
        }
        yield Raw(f"post-{number}", orjson.dumps(said), "application/json; format=goodword")


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """The 50th and the 99th."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


def _report(committed: list[float], inbox: Inbox) -> None:
    print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    told, shown, number = [], [], RATE * WARM_UP
    for told_at, shown_at, newest in inbox.looks:
        while number <= newest:
            told.append(told_at - committed[number])
            shown.append(shown_at - committed[number])
            number += 1
    for what, seconds in (("live event", told), ("row in the list", shown)):
        p50, p99 = percentiles(seconds)
        verdict = f"must ≤ {MUST:.0f} s: {'kept' if p99 <= MUST else 'BROKEN'}"
        print(f"arrival → {what:16} p50 {p50:6.2f} s   p99 {p99:6.2f} s   ({verdict})")
