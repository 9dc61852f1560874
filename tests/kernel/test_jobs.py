"""Jobs over a real database: those of many take over what waits, and lose nothing when they are killed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from goodword.config.processes.worker import worker_app
from goodword.kernel import facts, jobs
from goodword.kernel.facts import Fact
from tests.care.world import at

pytestmark = pytest.mark.django_db(transaction=True)


BAD = 13


@dataclass(frozen=True, kw_only=True)
class Told(Fact):
    number: int


@pytest.fixture(autouse=True)
def no_jobs_of_other_tests() -> None:
    """Committed with what they were about, which is gone; their table is none of Django's, and not emptied by it."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def calls() -> Iterator[list[list[int]]]:
    """What the reaction was called with: the numbers of the facts of each call."""
    made: list[list[int]] = []

    def react(*, workspace_id: int, facts: list[dict[str, Any]], **_: object) -> None:
        made.append([fact["number"] for fact in facts])
        if (len(made) == 1 and 99 in made[0]) or BAD in made[-1]:
            raise RuntimeError("killed")

    facts.on_any(Told)(react)
    yield made
    (task,) = facts._together.pop(Told)
    del app.tasks[task.name]


def tell(workspace_id: int, *numbers: int) -> None:
    facts.record_all([Told(workspace_id=workspace_id, number=number) for number in numbers], now=at(0))


def waiting() -> bool:
    return ProcrastinateJob.objects.filter(queue_name="reactions").exists()


def work() -> None:
    """Run what waits, also what is to be tried again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND attempts > 0")
    worker = worker_app()
    worker.tasks = app.tasks

    async def run() -> None:
        async with worker.open_async():
            await worker.run_worker_async(
                queues=["reactions"], wait=False, install_signal_handlers=False, delete_jobs="successful", concurrency=1
            )

    asyncio.run(run())


def test_one_job_takes_over_what_waits_in_order_and_leaves_other_workspaces_alone(calls: list[list[int]]) -> None:
    tell(1, 1, 2)
    tell(2, 7)
    tell(1, 3)
    tell(1, 4, 5)
    work()
    assert sorted(calls) == [[1, 2, 3, 4, 5], [7]]
    assert not waiting()


def test_one_takes_over_no_more_than_it_can_carry(calls: list[list[int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_FACTS_AT_ONCE", 3)
    for number in range(8):
        tell(1, number)
    work()
    assert [len(call) for call in calls] == [4, 4]
    assert sorted(number for call in calls for number in call) == list(range(8))


def test_tried_again_it_still_has_all_of_it(calls: list[list[int]]) -> None:
    tell(1, 99)
    tell(1, 1)
    work()
    work()
    assert calls == [[99, 1], [99, 1]]
    assert not waiting()


def test_one_that_fails_takes_over_no_more_and_no_other_down(calls: list[list[int]]) -> None:
    tell(1, 1, BAD)
    tell(1, 2)
    work()
    tell(1, 3)
    for _attempt in range(4):
        work()
    assert sorted(calls[:3]) == [[1, BAD, 2], [1, BAD, 2], [3]]
    parted = calls[3:]
    assert all(len(call) == 1 for call in parted)
    assert sorted(call for call in parted if call != [BAD]) == [[1], [2]]
    left = ProcrastinateJob.objects.get(queue_name="reactions")
    assert [fact["number"] for fact in left.args["facts"]] == [BAD]
