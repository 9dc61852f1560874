"""Measures the pages; started by bench/inbox.py with the database in its environment."""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Sequence

import django
from django.conf import settings

LOOK_FOR_N_PLUS_ONE = "--n-plus-one" in sys.argv
if LOOK_FOR_N_PLUS_ONE:  # in a process of its own: what watches every query slows every query
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "zeal"]
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from zeal import zeal_context  # noqa: E402

from bench._inbox_world import SLUG, build  # noqa: E402
from goodword.care.listing import rows  # noqa: E402
from goodword.care.search import find  # noqa: E402
from goodword.kernel.clock import current_time  # noqa: E402
from goodword.staff.models import Agent  # noqa: E402

gc.freeze()  # as every process of the product does

LIMITS = {"inbox": 60.0, "case": 80.0, "search": 150.0}  # ms, p95
ROUNDS = 200
SEED = 11
VIEWS = ("mine", "unassigned", "team", "open", "pending", "snoozed", "resolved", "all")
SEARCHES = (
    "parcel", "my", "parcel refund", "refund -parcel", '"never came"', "ba*", "parcel is:open", "parcel assignee:me",
    "refund from:customer77", "from:customer77", 'label:"label 3" parcel', "priority:urgent is:open", "nobody said",
    "parcel kettle charger", "login password battery", 'team:"Team 1" is:pending voucher', "charged twice is:unread",
)  # fmt: skip


def main(cases: int, messages: int) -> int:
    """Print one line per kind of page; 1 if one is too slow."""
    began = time.perf_counter()
    workspace = build(cases, messages)
    print(f"{cases} cases, {messages} messages, made in {time.perf_counter() - began:.0f} s")
    agent = Agent.objects.order_by("pk")[0]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(agent)
    chance = random.Random(SEED)

    def get(url: str) -> Callable[[], None]:
        def ask() -> None:
            response = client.get(url)
            assert response.status_code == 200, (url, response.status_code)

        return ask

    def search(text: str) -> Callable[[], None]:
        def ask() -> None:
            found = find(text, workspace=workspace, agent=agent)
            rows(found.case_ids, workspace=workspace, agent=agent, now=current_time())

        return ask

    inbox = [f"/w/{SLUG}/inbox/?view={view}{sort}" for view in VIEWS for sort in ("", "&sort=risk", "&sort=waiting")]
    pages = {
        "inbox": [get(chance.choice(inbox)) for _ in range(ROUNDS)],
        "case": [get(f"/w/{SLUG}/cases/{chance.randint(1, cases)}/?view=open") for _ in range(ROUNDS)],
        "search": [search(chance.choice(SEARCHES)) for _ in range(ROUNDS)],
    }
    if not LOOK_FOR_N_PLUS_ONE:
        return 1 if [name for name, asks in pages.items() if _measure(name, asks) > LIMITS[name]] else 0
    for asks in pages.values():
        with zeal_context():
            asks[0]()
    print("no N+1 found")
    return 0


def _measure(name: str, asks: Sequence[Callable[[], None]]) -> float:
    """Print p50, p95 and the largest in milliseconds, and the most queries of one page; returns p95."""
    for ask in asks[:20]:
        ask()
    took = []
    for ask in asks:
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        asks[0]()
    took.sort()
    p95 = took[int(len(took) * 0.95)]
    print(
        f"{name:8} p50 {took[len(took) // 2]:6.1f} ms   p95 {p95:6.1f} ms   max {took[-1]:6.1f} ms   "
        f"limit {LIMITS[name]:.0f} ms   {len(queries)} queries",
        flush=True,
    )
    return p95


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
