from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from goodword.care.clock import sweep_outbox
from goodword.care.models import Case, Delivery
from goodword.care.outbox import empty_outbox
from goodword.care.send import send_due
from goodword.care.send_again import send_again
from goodword.kernel.clock import current_time
from tests.care.postbox import again, open_postbox, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at


@pytest.fixture
def case(world: World, tmp_path: Path) -> Case:
    return world.case(source=open_postbox(world, tmp_path / "posts"))


def waiting() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(status="todo", task_name=empty_outbox.name).order_by("id"))


def test_a_job_waits_for_the_moment_at_which_a_reply_is_due(world: World, case: Case) -> None:
    message = reply(case, world.agent())
    (job,) = waiting()
    assert (job.scheduled_at, job.queue_name) == (message.send_at, "sending")


def test_sending_again_is_due_at_once(world: World, case: Case) -> None:
    ana = world.agent()
    set_mood(case.source, sending="refused")
    message = reply(case, ana)
    send_due(now=at(6), limit=1)
    ProcrastinateJob.objects.filter(status="todo").update(status="doing")
    send_again(message=message, by=ana, now=at(7))
    (job,) = waiting()
    assert job.scheduled_at == at(7)


def test_a_lost_job_is_made_up_for_by_the_sweep(world: World, case: Case) -> None:
    message = reply(case, world.agent(), now=current_time() - timedelta(minutes=1))
    ProcrastinateJob.objects.filter(status="todo").update(status="doing")
    sweep_outbox(timestamp=0)
    sweep_outbox(timestamp=15)
    (job,) = waiting()
    empty_outbox(**job.args)
    assert again(message).delivery == Delivery.SENT
