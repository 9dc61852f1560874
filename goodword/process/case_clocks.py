"""The clocks of one case held against what happened in it. In memory: `reckon.py` reads and writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from goodword.care.models import Case
from goodword.process.models import Clock, Policy
from goodword.process.rules.due import Outcome, Target, breached_at, events_of, moment_of, outcome_of
from goodword.process.rules.ladder import Rung, moment_of_rung
from goodword.process.rules.stretches import Stretch, Timed
from goodword.staff.business_time import ALWAYS, WorkingTime

Key = tuple[int, str, datetime | None]


class Climb(NamedTuple):
    """A rung of the ladder whose moment has come; `due` is when the clock falls, or fell, due."""

    clock: Clock
    rung: Rung
    moment: datetime
    due: datetime


@dataclass(slots=True)
class CaseClocks:
    """`policy` is the one whose condition the case meets now. `time` is the calendar of its team."""

    case: Case
    policy: Policy | None
    time: WorkingTime
    clocks: list[Clock]
    now: datetime
    climbs: list[Climb] = field(default_factory=list)
    late: list[Clock] = field(default_factory=list)  # late for the first time

    def reckon(self, stretches: Sequence[Stretch]) -> list[Clock]:
        """Bring the clocks up to date, and start new ones; those that changed."""
        for each in self.clocks:
            each.case = self.case
        known: dict[Key, Clock] = {_key(each.episode, each.timed, each.started_at): each for each in self.clocks}
        changed = []
        for stretch in stretches:
            key = _key(stretch.round, stretch.timed.value, stretch.started_at)
            clock: Clock | None = known.pop(key) if key in known else self._start(stretch)
            if clock is None:
                continue
            if clock.pk is None:
                self.clocks.append(clock)
            elif clock.ended_at is not None and clock.ended_at == stretch.ended_at:
                continue  # what is over isn't judged anew by another policy or another calendar
            elif clock.outcome == Outcome.DROPPED and not self._is_timed(stretch):
                continue  # nor does what was dropped run again unless it would be begun now
            before = None if clock.pk is None else clock.says()
            self._bring_up(clock, stretch)
            if clock.says() != before:
                changed.append(clock)
        for each in known.values():  # what it timed isn't there any more: merged away, or split off
            if each.ended_at is None:
                _drop(each, self.now)
                changed.append(each)
        return changed

    @property
    def next_due(self) -> datetime | None:
        """When the next of them falls due, or fell due first."""
        return min((clock.due_at for clock in self.clocks if clock.due_at is not None), default=None)

    def _is_timed(self, stretch: Stretch) -> bool:
        """Whether the policy is for what begins with it: what began before it came into force was promised nothing."""
        if self.policy is None or self.policy.target(stretch.timed) is None or self.policy.in_force_since is None:
            return False
        return stretch.started_at >= self.policy.in_force_since

    def _start(self, stretch: Stretch) -> Clock | None:
        policy = self.policy
        amount = policy.target(stretch.timed) if policy else None
        if policy is None or amount is None or not self._is_timed(stretch):
            return None
        return Clock(
            workspace_id=self.case.workspace_id,
            case=self.case,
            episode=stretch.round,
            timed=stretch.timed.value,
            started_at=stretch.started_at,
            policy=policy,
            policy_name=policy.name,
            target_seconds=_seconds(amount),
            in_business_time=policy.in_business_time,
        )

    def _bring_up(self, clock: Clock, stretch: Stretch) -> None:
        runs = stretch.ended_at is None or clock.ended_at is None or clock.outcome == Outcome.DROPPED
        if runs and not self._is_policy_kept(clock, stretch):
            _drop(clock, self.now)
            return
        target = Target(clock.target, self.time if clock.in_business_time else ALWAYS)
        was_late = clock.breached_at is not None
        clock.started_at = stretch.started_at
        clock.events = [[what.value, at.isoformat()] for what, at in events_of(stretch, target, self.now)]
        clock.breached_at = breached_at(stretch, target, self.now)
        clock.ended_at, clock.outcome = stretch.ended_at, outcome_of(stretch, target) or ""
        clock.due_at = None if clock.ended_at else moment_of(stretch.runs, target.amount, target.time)
        if clock.breached_at and not was_late:
            self.late.append(clock)
        self._climb(clock, stretch, target)

    def _is_policy_kept(self, clock: Clock, stretch: Stretch) -> bool:
        """An open clock goes by the policy that is for the case now. False if none times this any more."""
        amount = self.policy.target(stretch.timed) if self.policy else None
        if self.policy is None or amount is None:
            return False
        if clock.policy_id != self.policy.pk:
            clock.climbed = 0
        clock.policy, clock.policy_name = self.policy, self.policy.name
        clock.target_seconds, clock.in_business_time = _seconds(amount), self.policy.in_business_time
        return True

    def _climb(self, clock: Clock, stretch: Stretch, target: Target) -> None:
        """Climb the rungs whose moment has come, and note when there is something to do next."""
        clock.next_at = None
        if clock.due_at is None or clock.policy is None:
            return
        rungs = clock.policy.rungs
        while clock.climbed < len(rungs):
            moment = moment_of_rung(rungs[clock.climbed], stretch, target)
            if moment is None or moment > self.now:
                clock.next_at = moment
                break
            self.climbs.append(Climb(clock, rungs[clock.climbed], moment, clock.due_at))
            clock.climbed += 1
        if clock.breached_at is None:  # a moment later it is late
            late = clock.due_at + timedelta(microseconds=1)
            clock.next_at = min(clock.next_at or late, late)


def _key(episode: int, timed: str, started_at: datetime) -> Key:
    """Only later answers are told apart by when they began: the others are one a round."""
    return episode, timed, started_at if timed == Timed.NEXT else None


def _drop(clock: Clock, now: datetime) -> None:
    clock.ended_at, clock.outcome = now, Outcome.DROPPED
    clock.due_at = clock.next_at = None
    clock.events = [*clock.events, ["drop", now.isoformat()]]


def _seconds(amount: timedelta) -> int:
    return int(amount.total_seconds())
