"""Jobs on the same PostgreSQL, by Procrastinate. The only file that knows how it is spoken to.

A job is enqueued in the verb's own transaction. It takes a batch, never a single post; it may run twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.tasks import Task
from procrastinate.types import JSONDict

from goodword.kernel.clock import current_time

# A reaction that fails is tried again after 2, 4, 8 … seconds; after that it stays visible as failed.
BACK_OFF = RetryStrategy(max_attempts=8, exponential_wait=2)
# While a periodic job waits to be tried again its next tick is not enqueued, so that its waits are short and even.
SOON = RetryStrategy(max_attempts=8, wait=5)


def task(
    *, queue: str, alone: bool = False, retry: RetryStrategy = BACK_OFF
) -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Make a function a job under its dotted name; if it works `alone`, two of it never run beside each other."""

    def register(function: Callable[..., None]) -> Task[..., Any, Any]:
        name = _name(function)
        lock = name if alone else None
        made: Task[..., Any, Any] = app.task(name=name, queue=queue, retry=retry, lock=lock)(function)
        return made

    return register


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__name__}".removeprefix("goodword.")


def task_of_many(*, queue: str) -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Make a function that takes `workspace_id` and the list `facts` a job.

    As it begins it takes over the facts of its twins that wait, so that under load there are fewer and larger ones.
    What was taken over is written down as its own before it is worked on: killed and tried again, it has all of it.
    Once it has failed as a whole twice, each fact gets a job of its own: one that can't be worked on takes no other
    down.
    """

    def register(function: Callable[..., None]) -> Task[..., Any, Any]:
        def work(context: JobContext, /, **given: Any) -> None:
            job, facts = context.job, given["facts"]
            if job.attempts == 0 and job.scheduled_at is None:
                facts = [*facts, *_take_over(job, given["workspace_id"], facts)]
            elif job.attempts >= _TRIED_TOGETHER and len(facts) > 1:
                facts = _part_from_others(made, job, given["workspace_id"], facts)
            function(**given | {"facts": facts})

        register_it = app.task(name=_name(function), queue=queue, retry=BACK_OFF, pass_context=True)
        made: Task[..., Any, Any] = register_it(work)
        return made

    return register


_Facts = list[dict[str, Any]]


def _take_over(job: Job, workspace_id: int, own: _Facts) -> _Facts:
    """The facts of those that wait and were not tried before: what failed once stays by itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_OVER, {"task": job.task_name, "workspace": workspace_id, "most": _FACTS_AT_ONCE})
        taken = [fact for (facts,) in cursor.fetchall() for fact in json.loads(facts)]
        if taken:
            cursor.execute(_KEEP_AS_OWN, {"facts": json.dumps([*own, *taken]), "job": job.id})
    return taken


def _part_from_others(task: Task[..., Any, Any], job: Job, workspace_id: int, own: _Facts) -> _Facts:
    """Keep the first fact; the others get jobs of their own. Those bear a time, so that they are not taken over."""
    others: list[JSONDict] = [{"workspace_id": workspace_id, "facts": [fact]} for fact in own[1:]]
    with transaction.atomic(), connection.cursor() as cursor:
        task.configure(schedule_at=current_time()).batch_defer(*others)
        cursor.execute(_KEEP_AS_OWN, {"facts": json.dumps(own[:1]), "job": job.id})
    return own[:1]


_FACTS_AT_ONCE = 1000
_TRIED_TOGETHER = 2  # times
_TAKE_OVER = """
WITH waiting AS (
    SELECT id, jsonb_array_length(args->'facts') AS facts
    FROM procrastinate_jobs
    WHERE status = 'todo' AND scheduled_at IS NULL AND attempts = 0 AND task_name = %(task)s
      AND args->>'workspace_id' = %(workspace)s::text
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), together AS (
    SELECT id, sum(facts) OVER (ORDER BY id) AS facts FROM waiting
)
DELETE FROM procrastinate_jobs USING together
WHERE procrastinate_jobs.id = together.id AND together.facts <= %(most)s
RETURNING (args->'facts')::text
"""
_KEEP_AS_OWN = "UPDATE procrastinate_jobs SET args = jsonb_set(args, '{facts}', %(facts)s::jsonb) WHERE id = %(job)s"


def every(cron: str, *, queue: str = "clock") -> Callable[[Callable[..., None]], Task[..., Any, Any]]:
    """Make a function a periodic job, called with `timestamp` (Unix seconds). A sixth crontab field is seconds.

    Of each such job one waits and one runs at most: a tick that finds another waiting is left out.
    """

    def register(function: Callable[..., None]) -> Task[..., Any, Any]:
        job = task(queue=queue, alone=True, retry=SOON)(function)
        made: Task[..., Any, Any] = app.periodic(cron=cron, lock=job.name, queueing_lock=job.name)(job)
        return made

    return register


def enqueue(job: Task[..., Any, Any], *, at: datetime | None = None, once: str | None = None, **arguments: Any) -> bool:
    """Enqueue `job`, to run `at` a time if given; False if one under the name `once` is waiting already."""
    deferrer = job.configure(schedule_at=at, queueing_lock=once)
    if once is None:
        deferrer.defer(**arguments)
        return True
    try:
        # A waiting twin is a unique violation; without a savepoint it would kill the verb's transaction.
        with transaction.atomic():
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def somebody_works(*, within: float = 15.0) -> bool:
    """Whether any worker on this database gave a sign of life in the last so many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [within],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
