"""Jobs that were given up are told of, and those that ended go after a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from goodword.config.checkup.finding import State
from goodword.config.checkup.installation import _jobs
from goodword.kernel.ended_jobs import failed_jobs, forget_jobs
from goodword.kernel.models import FactRow
from goodword.staff.clock import forget_what_is_over
from goodword.staff.models import Notice, Role
from tests.care.world import World

NOW = datetime.now(UTC)


def job(task: str, status: str, *, days_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', %s) RETURNING id", [task])
        (pk,) = cursor.fetchone()
        for state in () if status == "todo" else ("doing", status):  # as a worker does
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [state, pk])
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [NOW - timedelta(days_ago), pk])


def left() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE queue_name = 'q' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def jobs(db: None) -> None:
    for task, status, days_ago in (
        ("care.send", "failed", 70),
        ("care.send", "failed", 1),
        ("listen.read", "failed", 2),
        ("care.old", "succeeded", 61),
        ("care.stuck", "todo", 100),
    ):
        job(task, status, days_ago=days_ago)


def test_what_was_given_up_is_counted_by_task(jobs: None) -> None:
    assert [(each.task, each.count) for each in failed_jobs()] == [("care.send", 2), ("listen.read", 1)]
    assert _jobs().state is State.ILL
    assert "care.send (2, last" in _jobs().text


def test_admins_see_it_beside_the_set_up_and_others_do_not(jobs: None) -> None:
    world = World()
    for role in (Role.ADMIN, Role.LEAD):
        client = Client()
        client.force_login(world.agent(role.value.title(), role))
        assert ("care.send" in client.get("/w/harbour/set-up/").content.decode()) is (role is Role.ADMIN)


def test_what_ended_goes_in_batches_and_what_waits_stays(jobs: None) -> None:
    before = NOW - timedelta(days=60)
    assert [forget_jobs(before=before, limit=1) for _ in range(3)] == [1, 1, 0]
    assert left() == ["care.send", "listen.read", "care.stuck"]


def test_at_night_notices_go_that_were_read_long_ago_and_facts_stay(jobs: None) -> None:
    world = World()
    ana = world.agent()
    for number, read in enumerate((None, NOW - timedelta(1), NOW - timedelta(91))):
        Notice.objects.create(
            workspace=world.workspace,
            agent=ana,
            kind=Notice.Kind.ASSIGNED,
            subject=f"case:{number}",
            at=NOW - timedelta(100),
            read_at=read,
        )
    facts = FactRow.objects.count()
    forget_what_is_over(timestamp=0)
    assert list(Notice.objects.order_by("pk").values_list("subject", flat=True)) == ["case:0", "case:1"]
    assert left() == ["care.send", "listen.read", "care.stuck"]
    assert FactRow.objects.count() == facts
