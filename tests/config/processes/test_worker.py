from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.periodic import PeriodicDeferrer

from goodword.config.processes.worker import retry_jobs_of_the_dead, worker_app
from goodword.kernel.jobs import enqueue, every, task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_job_tables")]

ran: list[int] = []


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The threads of a job's event loop are gone before the test database is; their connections must be too.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    ran.clear()
    yield
    for name in [name for name in jobs.tasks if "test_worker" in name]:
        del jobs.tasks[name]


def run_what_is_due() -> None:
    async def run(app: App) -> None:
        async with app.open_async():
            await app.run_worker_async(queues=["tests"], wait=False, install_signal_handlers=False)
        await sync_to_async(connections.close_all)()

    asyncio.run(run(worker_app()))


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'number', status FROM procrastinate_jobs WHERE queue_name = 'tests' ORDER BY id")
        return cursor.fetchall()


def test_a_job_enqueued_within_a_job_shares_the_fate_of_its_transaction() -> None:
    @task(queue="tests")
    def second(*, number: int) -> None:
        ran.append(number)

    @task(queue="tests")
    def first(*, number: int) -> None:
        with transaction.atomic():
            enqueue(second, number=10)
        with transaction.atomic():
            enqueue(second, number=20)
            transaction.set_rollback(True)

    enqueue(first, number=1)
    run_what_is_due()
    assert ran == [10]
    assert states() == [("1", "succeeded"), ("10", "succeeded")]


def test_jobs_of_a_dead_worker_run_again_and_those_of_a_living_one_do_not() -> None:
    @task(queue="tests")
    def work(*, number: int) -> None:
        ran.append(number)

    for number in (1, 2, 3):
        enqueue(work, number=number)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        (living,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 min') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        take = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE (args->>'number')::int = %s"
        cursor.execute(take, [dead, 1])
        cursor.execute(take, [living, 2])
        cursor.execute(take, [None, 3])  # its worker was tidied away already

    async def rescue(app: App) -> int:
        async with app.open_async():
            return await retry_jobs_of_the_dead(app)

    assert asyncio.run(rescue(worker_app())) == 2
    run_what_is_due()
    assert sorted(ran) == [1, 3]
    assert states()[1] == ("2", "doing")


def test_a_dead_workers_job_whose_twin_waits_is_not_run_twice() -> None:
    @task(queue="tests")
    def work(*, number: int) -> None:
        ran.append(number)

    enqueue(work, once="one-name", number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    enqueue(work, once="one-name", number=2)

    async def rescue(app: App) -> int:
        async with app.open_async():
            return await retry_jobs_of_the_dead(app)

    assert asyncio.run(rescue(worker_app())) == 1
    assert states() == [("2", "todo")]


def test_of_a_periodic_job_one_waits_at_most_and_one_runs_at_most() -> None:
    @every("* * * * *", queue="tests")
    def tick(timestamp: int) -> None:
        ran.append(timestamp)

    (periodic,) = [one for one in jobs.periodic_registry.periodic_tasks.values() if one.task is tick]
    del jobs.periodic_registry.periodic_tasks[tick.name, ""]
    deferrer = PeriodicDeferrer(jobs.periodic_registry)

    async def defer(app: App, *timestamps: int) -> None:
        tick.blueprint = app
        async with app.open_async():
            await deferrer.defer_jobs([(periodic, timestamp) for timestamp in timestamps])

    asyncio.run(defer(worker_app(), 60, 120))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    asyncio.run(defer(worker_app(), 180, 240))
    run_what_is_due()
    assert (ran, [state for _, state in states()]) == ([], ["doing", "todo"])
