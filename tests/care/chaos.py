"""Kill senders at random moments, and count what the outside network got.

`python -m tests.care.chaos KILLS SEED REPLIES FOLDER` works on the database of GOODWORD_DATABASE_URL, whose tables must
exist. Two senders are alive at any time; a new one takes the place of each that is killed. The last line is JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django
from django.db import InterfaceError, OperationalError, connection

SENDERS = 2
PATIENCE = 900.0  # seconds, for what is left when the killing is over; a killed PostgreSQL takes its time to recover


def main(kills: int, seed: int, replies: int, folder: Path) -> None:
    chance = random.Random(seed)
    workspace_id, keys = _queue(replies, folder, slug=f"chaos-{seed}")
    started = time.monotonic()
    senders = [_spawn() for _ in range(SENDERS)]
    for _ in range(kills):
        time.sleep(chance.uniform(0.005, 0.12))
        victim = chance.randrange(SENDERS)
        _kill(senders[victim])
        senders[victim] = _spawn()
    deadline = time.monotonic() + PATIENCE
    while _left() and time.monotonic() < deadline:
        time.sleep(0.05)
    for sender in senders:
        _kill(sender)
    print(
        json.dumps(
            _outcome(workspace_id, keys, folder) | {"kills": kills, "seconds": round(time.monotonic() - started, 1)}
        )
    )


def _queue(replies: int, folder: Path, slug: str) -> tuple[int, list[str]]:
    from goodword.care.new_reply import NewReply
    from goodword.care.reply import queue_reply
    from goodword.care.send import send_due
    from goodword.kernel.clock import current_time
    from tests.care.postbox import open_postbox
    from tests.care.world import World

    world = World(slug)
    ana, source = world.agent(), open_postbox(world, folder / "posts", pause=0.01)
    due = current_time() - timedelta(minutes=1)
    keys = [f"chaos-{number:06}" for number in range(replies)]
    for key in keys:
        queue_reply(case=world.case(source=source), by=ana, reply=NewReply(text=key, idempotency_key=key), now=due)
    # The first reply goes out here: what a sender loads for it takes longer than most of them live.
    send_due(now=current_time(), limit=1)
    connection.close()  # no sender may inherit it
    return world.workspace.pk, keys


def _spawn() -> int:
    child = os.fork()
    if child == 0:
        _send_for_ever()
    return child


def _send_for_ever() -> None:
    from goodword.care.send import send_due
    from goodword.kernel.clock import current_time

    while True:
        try:
            send_due(now=current_time(), limit=5)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)
        time.sleep(0.005)


def _kill(sender: int) -> None:
    os.kill(sender, signal.SIGKILL)
    os.waitpid(sender, 0)


def _left() -> bool:
    from goodword.care.delivery import IN_OUTBOX
    from goodword.care.models import Message

    try:
        return Message.objects.filter(delivery__in=IN_OUTBOX).exists()
    except (OperationalError, InterfaceError):
        return True
    finally:
        connection.close()


def _outcome(workspace_id: int, keys: list[str], folder: Path) -> dict[str, int]:
    from goodword.care.models import Message
    from goodword.kernel.models import FactRow
    from tests.care.postbox import answers, posts

    posted = Counter(str(post["key"]) for post in posts(folder / "posts"))
    said = Counter(answers(folder / "posts"))
    return {
        "replies": len(keys),
        "lost": len(set(keys) - set(posted)),
        "twice": sum(1 for count in posted.values() if count > 1),
        "not_marked_sent": Message.objects.of(workspace_id).filter(kind="reply").exclude(delivery="sent").count(),
        "facts_of_sending": FactRow.objects.filter(workspace_id=workspace_id, kind="ReplySent").count(),
        "asked_and_found": said["found"],
        "asked_and_not_found": said["not found"],
    }


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
