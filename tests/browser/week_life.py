"""What happens in the week while nobody looks at the screen: customers write, and the worker works.

Run as a module. Each line it reads is JSON: {"at": when it is, "said": [[who, words], …], "cause": [name, words] or
null}. It moves the clock there, lets the customers speak, does all that the worker would have done by then, and answers
with a line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import uuid
from datetime import datetime
from typing import Any

import django
import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.simulator.events import Event, EventAuthor
from tests.browser.week_clock import move_clock, set_story

# Conversations of the demo network in which nobody has spoken here: who is known by this name can be answered there.
_ANSWERED, _CONVERSATIONS = "mara", iter(("wash-care", "wide-feet"))
# What looks after the week's cases. What reads more closely or counts topics takes seconds, and changes nothing here.
_ROOMS = ("care.clock", "process.clock", "promises.clock", "staff.clock", "learn.clock")
_QUEUES = ["pipeline", "reactions", "sending", "clock", "outside"]


def live(order: dict[str, Any]) -> None:
    """One step of the story."""
    from procrastinate.contrib.django import app

    set_story(datetime.fromisoformat(order["at"]))
    if order["said"]:
        _hear(order["said"], datetime.fromisoformat(order["at"]))
    _run_jobs()
    if order["cause"]:
        _sort(*order["cause"])
    for periodic in app.periodic_registry.periodic_tasks.values():
        if periodic.task.name.startswith(_ROOMS) and periodic.task.queue == "clock":
            periodic.task.func(timestamp=0)
    _run_jobs()


def _hear(said: list[tuple[str, str]], at: datetime) -> None:
    from goodword.care.attend import attend
    from goodword.connectors.contract import Delivery
    from goodword.listen.intake import take_in
    from goodword.listen.models import Source
    from goodword.listen.understand import understand

    source = Source.objects.get(connector_key="simulator")
    raws = tuple(_raw(who, words, at) for who, words in said)
    take_in(source=source, delivery=Delivery(raws=raws, cursor=source.cursor), now=at)
    while understand(source_id=source.pk, limit=500, now=at).raws:
        pass
    while attend(source_id=source.pk, limit=500, now=at):
        pass


def _raw(who: str, words: str, at: datetime) -> Raw:
    """A public post, as the demo brand's network delivers it."""
    author = EventAuthor(id=f"person-{who}", handle=who, name=who.title())
    thread = next(_CONVERSATIONS) if who == _ANSWERED else uuid.uuid4().hex
    event = Event(id=uuid.uuid4().hex, event="said", at=at, channel="post", author=author, text=words, thread=thread)
    return Raw(delivery_id=event.id, body=msgspec.json.encode(event))


def _sort(name: str, words: str) -> None:
    """Somebody says why: every case that holds the words came about by the cause of that name."""
    from goodword.care.models import Case
    from goodword.care.record_cause import record_cause
    from goodword.kernel.clock import current_time
    from goodword.triage.models import Cause

    cause = Cause.objects.get(name=name)
    for case in Case.objects.filter(subject__icontains=words, cause=None):
        record_cause(case=case, by=None, cause=cause, now=current_time())


def _run_jobs() -> None:
    """Until none is left."""
    asyncio.run(_work(_QUEUES, wait=False))


def _read_drafts() -> None:
    """All the time: whoever writes waits for it."""
    threading.Thread(target=lambda: asyncio.run(_work(["drafts"], wait=True)), daemon=True).start()


async def _work(queues: list[str], *, wait: bool) -> None:
    from goodword.config.processes.worker import worker_app

    working = worker_app(keeps_time=False)
    async with working.open_async():
        await working.run_worker_async(
            queues=queues, wait=wait, install_signal_handlers=False, update_heartbeat_interval=3
        )


if __name__ == "__main__":
    move_clock()
    django.setup(set_prefix=False)
    _read_drafts()
    for line in sys.stdin:
        live(json.loads(line))
        print("done", flush=True)
