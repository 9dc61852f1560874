"""What is owed to a customer who waits on a live channel, and when. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.connectors.contract import Attention

LONGEST_BETWEEN_ALARMS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A customer's wait: since when, how often we gave the alarm since, the last time when, and whether they are there.

    `is_there`: they wait in front of the screen. Who left an address and wrote nothing since has stopped doing so.
    """

    since: datetime
    alarms: int = 0
    last_alarm_at: datetime | None = None
    is_there: bool = True


def next_alarm_at(wait: Wait, answer_within: timedelta) -> datetime:
    """When the alarm is given (again): after the limit, then after twice and four times it … and hourly."""
    if wait.last_alarm_at is None:
        return wait.since + answer_within
    doubled: timedelta = answer_within * 2 ** min(wait.alarms - 1, 20)
    return wait.last_alarm_at + max(min(doubled, LONGEST_BETWEEN_ALARMS), answer_within)


def alarm_is_due(wait: Wait, attention: Attention, now: datetime) -> bool:
    """While somebody should be there. An alarm that came due in the night is given when the day begins."""
    return wait.is_there and attention.is_open and now >= next_alarm_at(wait, attention.answer_within)


def word_is_due(wait: Wait, attention: Attention, now: datetime) -> bool:
    """Whether the customer must hear from us, by whatever means, what happens next; by day and night."""
    return wait.is_there and now >= wait.since + attention.give_up_after


def whom_to_tell(
    *, assignee: int | None, team: Collection[int], leads: Collection[int], everyone: Collection[int], alarms: int
) -> set[int]:
    """Ids of agents: whose case it is, else their team, else who leads; from the second alarm on who leads as well."""
    first = {assignee} if assignee else set(team) or set(leads) or set(everyone)
    return first | set(leads) if alarms else first
