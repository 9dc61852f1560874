"""When a stretch falls due, whether it was in time, and what happened to its clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from goodword.process.rules.stretches import Run, Stretch
from goodword.staff.business_time import WorkingTime


class Happened(StrEnum):
    """What happens to a clock."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    FULFIL = "fulfil"
    BREACH = "breach"
    DROP = "drop"  # nothing was answered, and nothing has to be any more


class Outcome(StrEnum):
    """How a clock ended. What is open, and what is open and late, are apart from these."""

    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Target:
    """So much time, by this calendar."""

    amount: timedelta
    time: WorkingTime


def spent(runs: Iterable[Run], time: WorkingTime, until: datetime) -> timedelta:
    """How much of the calendar's time has run."""
    return sum((time.between(start, min(end or until, until)) for start, end in runs), timedelta(0))


def moment_of(runs: Sequence[Run], amount: timedelta, time: WorkingTime) -> datetime | None:
    """When so much of the calendar's time will have run; None if it stands still before that.

    What falls on the end of a run was reached in it.
    """
    left = max(amount, timedelta(0))
    for start, end in runs:
        if end is None:
            return time.add(start, left)
        ran = time.between(start, end)
        if left <= ran:
            return time.add(start, left)
        left -= ran
    return None


def breached_at(stretch: Stretch, target: Target, now: datetime) -> datetime | None:
    """When it was late for the first time, if it was by `now`. An answer at the very moment it is due is in time."""
    due = moment_of(stretch.runs, target.amount, target.time)
    if due is None or due >= (stretch.ended_at or now):
        return None
    return due


def outcome_of(stretch: Stretch, target: Target) -> Outcome | None:
    """How it ended, if it has. Who was never answered though it was due was missed, whatever became of the case."""
    if stretch.ended_at is None:
        return None
    if breached_at(stretch, target, stretch.ended_at) is not None:
        return Outcome.MISSED
    return Outcome.MET if stretch.fulfilled else Outcome.DROPPED


def events_of(stretch: Stretch, target: Target, now: datetime) -> list[tuple[Happened, datetime]]:
    """All that has happened to its clock by `now`, in order."""
    found = [(Happened.ACTIVATE, stretch.started_at)]
    for (_start, paused), (resumed, _end) in zip(stretch.runs, stretch.runs[1:], strict=False):
        if paused is not None:
            found += [(Happened.PAUSE, paused), (Happened.RESUME, resumed)]
    if stretch.paused and stretch.runs[-1][1] is not None:
        found.append((Happened.PAUSE, stretch.runs[-1][1]))
    if stretch.ended_at is not None:
        found.append((Happened.FULFIL if stretch.fulfilled else Happened.DROP, stretch.ended_at))
    late = breached_at(stretch, target, now)
    if late is not None:
        found.append((Happened.BREACH, late))
    order = list(Happened)
    return sorted(found, key=lambda event: (event[1], order.index(event[0])))
