"""The worker process: jobs, the clock, and listening to sources unless that runs apart."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector

from goodword.listen import listening

log = logging.getLogger(__name__)

# Understanding what came in, looking at files and indexing may take long; none may hold up a reply that is due, nor the
# clock, nor whoever sits before an exploration or a draft. Queues without slots of their own share those of the rest.
_CLOCK = "clock"
_SLOTS = {"sending": 2, _CLOCK: 1, "pipeline": 2, "exploring": 1, "drafts": 1}
_REST = 2
_HEARTBEAT = 3.0  # seconds
# New jobs announce themselves; those that become due, such as a reply whose time to be undone is over, are looked for.
_LOOK_FOR_DUE_JOBS = 1.0  # seconds
_DEAD_AFTER = 15.0
# A batch asks the database some thirty times, and after each answer waits for a thread that reads or matches to let
# go: with Python's own five milliseconds that came to more than all its work.
_TAKE_TURNS = 0.0005  # seconds
_GRACE = 20.0  # for jobs under way when the process is asked to stop


def work(*, listen: bool) -> None:
    """Run jobs, and listen if so wished, until SIGTERM or Ctrl-C. Raises what made it impossible to go on."""
    sys.setswitchinterval(_TAKE_TURNS)
    log.info("worker begins", extra={"listens": listen})
    with _listening() if listen else _nothing():
        asyncio.run(_work())


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


async def _work() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(_SLOTS.values()) + _REST + 1, thread_name_prefix="job"))
    pool = connections()
    app, timeless = worker_app(pool), worker_app(pool, keeps_time=False)
    rest = sorted({task.queue for task in app.tasks.values()} - set(_SLOTS))
    async with app.open_async():
        running: list[asyncio.Task[None]] = [
            *(
                asyncio.create_task(_run_queues(app if queue == _CLOCK else timeless, queue, [queue], slots))
                for queue, slots in _SLOTS.items()
            ),
            asyncio.create_task(_run_queues(timeless, "rest", rest, _REST)),
            asyncio.create_task(_rescue(app)),
        ]
        running.append(asyncio.create_task(_asked_to_stop()))
        done, others = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for task in done:
            task.result()
    log.info("worker ended")


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
        thread.join(timeout=15)


def _listen_or_end(stop: threading.Event) -> None:
    """A worker that no longer listens must not look alive: if listening ends unasked, so does the process."""
    try:
        listening.run(stop)
    finally:
        if not stop.is_set():
            log.error("listening ended; the process ends")
            signal.raise_signal(signal.SIGTERM)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
