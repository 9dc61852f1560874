"""What is timed in a round of a case, by what happened: the first answer, each later one, the resolution.

Whether it was in time is not said here: that takes a policy and a calendar (`due.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Run = tuple[datetime, datetime | None]
"""A time in which we are awaited; without an end, still."""


class Timed(StrEnum):
    """What a clock times."""

    FIRST = "first"  # until the first human answer
    NEXT = "next"  # from words that need an answer to the answer
    RESOLUTION = "resolution"  # until we say that it is solved, without the time in which we wait for the customer


@dataclass(frozen=True, slots=True)
class Said:
    """A message that counts: the customer's that needs an answer, or a human one of ours that they can see."""

    at: datetime
    by_customer: bool


@dataclass(frozen=True, slots=True)
class Round:
    """An episode: its number, when it was opened, and when we said that it is solved."""

    number: int
    opened_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something timed: its runs in order; `ended_at` with `fulfilled`, or without it where it was overtaken by events.

    A stretch whose last run has an end while it has none itself is paused: we wait for the customer.
    """

    timed: Timed
    round: int
    runs: tuple[Run, ...]
    ended_at: datetime | None
    fulfilled: bool

    @property
    def started_at(self) -> datetime:
        """When it began."""
        return self.runs[0][0]

    @property
    def paused(self) -> bool:
        """Whether nobody awaits us at the moment, though it goes on."""
        return self.ended_at is None and self.runs[-1][1] is not None


def stretches(round_: Round, said: Sequence[Said]) -> list[Stretch]:
    """Everything timed in a round; `said` is what was said in it, in order.

    A first round in which the customer said nothing that needs an answer ("thanks, bye") starts no clock; a later one
    does, since it was opened by their saying that it is not solved.
    """
    asked = [one.at for one in said if one.by_customer]
    if not asked and round_.number == 1:
        return []
    since = max(round_.opened_at, asked[0]) if asked and round_.number == 1 else round_.opened_at
    answers = [one.at for one in said if not one.by_customer and one.at >= since]
    first = _until_answered(Timed.FIRST, round_, since, answers[0] if answers else None)
    waits = _waits(said, answers[0]) if answers else []
    later = [_until_answered(Timed.NEXT, round_, start, end) for start, end in waits]
    awaited: list[Run] = [(since, answers[0] if answers else None), *waits]
    return [first, *later, _resolution(round_, awaited)]


def _until_answered(timed: Timed, round_: Round, since: datetime, answered: datetime | None) -> Stretch:
    if answered is None and round_.resolved_at is not None:
        end = max(since, round_.resolved_at)
        return Stretch(timed, round_.number, ((since, end),), end, fulfilled=False)
    return Stretch(timed, round_.number, ((since, answered),), answered, fulfilled=answered is not None)


def _waits(said: Sequence[Said], first_answer: datetime) -> list[Run]:
    """When the customer waits again after our first answer: from their words to ours."""
    waits: list[Run] = []
    since: datetime | None = None
    for one in said:
        if one.at < first_answer:
            continue
        if one.by_customer:
            since = since or one.at
        elif since is not None:
            waits.append((since, one.at))
            since = None
    return [*waits, (since, None)] if since is not None else waits


def _resolution(round_: Round, awaited: Sequence[Run]) -> Stretch:
    end = round_.resolved_at
    if end is None:
        return Stretch(Timed.RESOLUTION, round_.number, tuple(awaited), None, fulfilled=False)
    runs = [(start, min(stop or end, end)) for start, stop in awaited if start < end]
    return Stretch(Timed.RESOLUTION, round_.number, tuple(runs) or ((end, end),), end, fulfilled=True)
