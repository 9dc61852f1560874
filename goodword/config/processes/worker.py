"""The worker: jobs, the clock, and listening to sources unless that runs apart.

Where the system can fork it is two processes: one for what is heard and what leaves, one for all that follows.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import datetime

from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector

from goodword.config.processes.follow_up import CAN_FORK, Following, follow_up
from goodword.listen import listening

log = logging.getLogger(__name__)

# Understanding what came in, looking at files and indexing may take long; none may hold up a reply that is due, nor the
# clock, nor whoever sits before an exploration or a draft; nor may somebody's slow server hold up any of them. Queues
# without slots of their own share those of the rest.
_CLOCK, _REST = "clock", "rest"
_HEARD_AND_SENT = {"sending": 2, "pipeline": 2}
_WHAT_FOLLOWS = {_CLOCK: 1, "exploring": 1, "drafts": 1, "outside": 1, _REST: 2}
_HEARTBEAT = 3.0  # seconds
# New jobs announce themselves; those that become due, such as a reply whose time to be undone is over, are looked for.
_LOOK_FOR_DUE_JOBS = 1.0  # seconds
_DEAD_AFTER = 15.0
# A batch asks the database some thirty times, and after each answer waits for a thread that reads or matches to let
# go: with Python's own five milliseconds that came to more than all its work.
_TAKE_TURNS = 0.0005  # seconds
_GRACE = 12.0  # seconds, for jobs under way when the process is asked to stop


class FollowUpEnded(Exception):
    """Half of the worker is gone."""


def work(*, listen: bool) -> None:
    """Run jobs, and listen if so wished, until SIGTERM or Ctrl-C. Raises what made it impossible to go on."""
    sys.setswitchinterval(_TAKE_TURNS)
    log.info("worker begins", extra={"listens": listen})
    if not CAN_FORK:
        with _listening() if listen else nullcontext():
            asyncio.run(_work(_HEARD_AND_SENT | _WHAT_FOLLOWS))
        return
    with follow_up(lambda: asyncio.run(_work(_WHAT_FOLLOWS))) as following, _listening() if listen else nullcontext():
        asyncio.run(_work(_HEARD_AND_SENT, following))


def listen_alone() -> None:
    """Listen until SIGTERM or Ctrl-C."""
    with _listening():
        asyncio.run(_asked_to_stop())


def worker_app(pool: PsycopgConnector | None = None, *, keeps_time: bool = True) -> App:
    """The jobs' app as a worker runs it; `keeps_time` is for one of those that share a `pool`, which then enqueues
    what is due by the clock: each would look for that every second, and find that another has done it.

    Its own talking to the database is asynchronous, a short question at a time: two connections, of 4 MB each in the
    server, are enough for all queues. Jobs that are enqueued within a job still go through Django's connection, so that
    they share the fate of the transaction they are enqueued in.
    """
    pool = pool or connections()
    apart = DjangoApp(connector=pool)
    apart.job_manager = _Jobs(pool)
    apart.tasks = jobs.tasks
    if keeps_time:
        apart.periodic_registry = jobs.periodic_registry
    return apart


def connections() -> PsycopgConnector:
    """What `worker_app` talks to the database through."""
    return PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)


class _Jobs(JobManager):
    """Gives a job back unless its twin waits already, which will do the same: under one name no two may wait."""

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except UniqueViolation:
            await self.finish_job(job, Status.FAILED, delete_job=True)


async def retry_jobs_of_the_dead(app: App, *, dead_after: float = _DEAD_AFTER) -> int:
    """Give back the jobs of workers that gave no sign of life for so many seconds. Returns how many."""
    left = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after))
    for job in left:
        await app.job_manager.retry_job(job)
        log.warning("job of a dead worker is run again", extra={"job": job.id, "task": job.task_name})
    return len(left)


async def _work(slots: Mapping[str, int], following: Following | None = None) -> None:
    """Run jobs of these queues, until asked to stop. What is `following` stops too then, and may not do so before."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(slots.values()) + 1, thread_name_prefix="job"))
    pool = connections()
    app, timeless = worker_app(pool), worker_app(pool, keeps_time=False)
    async with app.open_async():
        running = [
            asyncio.create_task(_run_queues(app if name == _CLOCK else timeless, name, _queues(app, name), each))
            for name, each in slots.items()
        ]
        if _CLOCK in slots:
            running.append(asyncio.create_task(_rescue(app)))
        if following is not None:
            running.append(asyncio.create_task(_ended(following)))
        running.append(asyncio.create_task(_asked_to_stop()))
        done, others = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        if following is not None:
            following.ask_to_end()  # both finish what they are at, at once
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for task in done:
            task.result()
    log.info("worker ended")


def _queues(app: App, name: str) -> list[str]:
    if name != _REST:
        return [name]
    return sorted({task.queue for task in app.tasks.values()} - {*_HEARD_AND_SENT, *_WHAT_FOLLOWS})


async def _ended(following: Following) -> None:
    """Wait until a process ends that should not. Raises `FollowUpEnded`: both are started again together."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(following.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(following.sentinel)
    raise FollowUpEnded("The follow-up process of the worker ended by itself; its log says why.")


async def _run_queues(app: App, name: str, queues: list[str], concurrency: int) -> None:
    await app.run_worker_async(
        name=name,
        queues=queues,
        concurrency=concurrency,
        fetch_job_polling_interval=_LOOK_FOR_DUE_JOBS,
        install_signal_handlers=False,
        shutdown_graceful_timeout=_GRACE,
        update_heartbeat_interval=_HEARTBEAT,
        stalled_worker_timeout=_DEAD_AFTER,
        delete_jobs="successful",
    )


async def _asked_to_stop() -> None:
    """Wait for SIGTERM or Ctrl-C."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asked.wait()


async def _rescue(app: App) -> None:
    while True:
        await retry_jobs_of_the_dead(app)
        await asyncio.sleep(_HEARTBEAT)


@contextmanager
def _listening() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_listen_or_end, args=[stop], name="listening", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=12)


def _listen_or_end(stop: threading.Event) -> None:
    """A worker that no longer listens must not look alive: if listening ends unasked, so does the process."""
    try:
        listening.run(stop)
    finally:
        if not stop.is_set():
            log.error("listening ended; the process ends")
            signal.raise_signal(signal.SIGTERM)
