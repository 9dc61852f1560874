"""The ladder of an escalation: who is told of a deadline, and when, before it passes and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.process.rules.due import Target, moment_of
from goodword.process.rules.stretches import Stretch

ASSIGNEE, TEAM, LEADS = "assignee", "team", "leads"


@dataclass(frozen=True, slots=True)
class Rung:
    """`minutes` before the deadline (negative) or after it, of the same time that the deadline is reckoned in.

    `whom` names `assignee`, `team`, `leads` or agents by id; `by_mail`, `by_webhook`: not only in the product.
    """

    minutes: int
    whom: tuple[str | int, ...]
    by_mail: bool = False
    by_webhook: bool = False


def moment_of_rung(rung: Rung, stretch: Stretch, target: Target) -> datetime | None:
    """When it is climbed; None while the clock stands still. Time that had run out before it began is its beginning."""
    return moment_of(stretch.runs, target.amount + timedelta(minutes=rung.minutes), target.time)


def whom_to_tell(
    rung: Rung, *, assignee: int | None, team: Collection[int], leads: Collection[int], able: Collection[int]
) -> set[int]:
    """Ids of agents. Whose case it is; if it is nobody's their team; without a team who leads. Always somebody if
    anybody can act."""
    told: set[int] = set()
    for name in rung.whom:
        if name == ASSIGNEE:
            told |= {assignee} if assignee is not None and assignee in able else set(team) or set(leads)
        elif name == TEAM:
            told |= set(team) or set(leads)
        elif name == LEADS:
            told |= set(leads)
        elif isinstance(name, int):
            told.add(name)
    told &= set(able)
    return told or set(leads) or set(able)


def in_order(rungs: Iterable[Rung]) -> Sequence[Rung]:
    """From the first warning on."""
    return sorted(rungs, key=lambda rung: rung.minutes)
