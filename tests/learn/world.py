"""A small world with a cause, a problem of it and an improvement, and days full of mentions."""

from __future__ import annotations

from datetime import timedelta

from goodword.care.models import Case
from goodword.care.record_cause import record_cause
from goodword.connectors.contract import Direction, Kind
from goodword.learn.improve import save_improvement
from goodword.learn.models import Improvement, Problem
from goodword.learn.save_problem import save_problem
from goodword.listen.models import Mention, Thread
from goodword.staff.models import Agent
from goodword.triage.models import Area, Cause
from tests.care.world import NOON, World

DAY = 24 * 60  # minutes
START = 60 * DAY  # when the fix is in place


class Learning:
    """Complaints are counted by `day`: so many days after the fix, or before it."""

    def __init__(self, world: World, days: int = 28) -> None:
        self.world, workspace = world, world.workspace
        self.ana: Agent = world.agent()
        area = Area.objects.create(workspace=workspace, name="Delivery", audiences=["service"])
        self.cause = Cause.objects.create(workspace=workspace, area=area, name="Late parcel")
        self.problem: Problem = save_problem(
            workspace=workspace, title="Parcels come late", about="", cause=self.cause, by=self.ana, now=NOON
        )
        self.improvement: Improvement = save_improvement(
            problem=self.problem,
            what="Another courier",
            owner=self.ana,
            due_on=(NOON + timedelta(days=61)).date(),
            days=days,
            by=self.ana,
            now=NOON,
        )

    def complaints(self, number: int, *, day: float, cause: Cause | None = None) -> list[Case]:
        """So many cases of the cause; each is a mention too."""
        cases = [self.world.case(when=START + day * DAY) for _ in range(number)]
        for case in cases:
            record_cause(case=case, by=self.ana, cause=cause or self.cause, now=case.opened_at)
        return cases

    def chatter(self, number: int, *, day: float) -> None:
        """So many mentions that are no case."""
        when = NOON + timedelta(minutes=START + day * DAY)
        thread = Thread.objects.create(workspace=self.world.workspace, source=self.world.source)
        identity = self.world.identity(f"chatter{day}")
        Mention.objects.bulk_create(
            Mention(
                workspace=self.world.workspace,
                source=self.world.source,
                thread=thread,
                identity=identity,
                channel="recorded",
                external_id=f"chatter{day}-{n}",
                direction=Direction.IN.value,
                kind=Kind.POST.value,
                text="Nice shoes",
                at=when,
                received_at=when,
                disposition="no_reply_needed",
            )
            for n in range(number)
        )
