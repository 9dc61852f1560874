"""What a draft promises, with the moment that its due words stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from goodword.promises import rules
from goodword.promises.due import next_working_end, why_bad
from goodword.promises.models.promise import WORDS_LENGTH
from goodword.staff.business_time import WorkingTime

MOST: Final = 12
"""Promises of one reply; nobody keeps track of more."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A promise that a draft holds. `due_at` is None where its words name no moment, `problem` says why not, if so."""

    words: str
    due_words: str
    due_at: datetime | None
    offered: datetime | None  # what could be meant where no time is named; None where it must be told
    conditional: bool
    problem: str = ""

    @property
    def suggested(self) -> datetime | None:
        """What stands in the field at first."""
        return self.due_at or self.offered


def spot(text: str, *, now: datetime, zone: ZoneInfo, house: WorkingTime | None = None) -> list[Spotted]:
    """The promises of a draft that is written now to somebody who lives in `zone`, by a house that works by `house`."""
    return [_spotted(text, found, now=now, zone=zone, house=house) for found in rules.find(text)[:MOST]]


def _spotted(text: str, found: rules.Promise, *, now: datetime, zone: ZoneInfo, house: WorkingTime | None) -> Spotted:
    words = " ".join(text[found.start : found.end].split())[:WORDS_LENGTH]
    due_words = text[slice(*found.due)][:120] if found.due else ""
    due_at, problem = None, ""
    if due_words:
        try:
            due_at = rules.moment(due_words, now.astimezone(zone), rules.WorkingDay(house=house))
        except rules.BadDue as bad:
            problem = why_bad(bad)
    offered = None if due_at or problem else next_working_end(now, zone, house)
    return Spotted(words, due_words, due_at, offered, found.conditional, problem)


def same_promise(one: str, other: str) -> bool:
    """Whether two readings of a draft that is being written mean one promise: its words, gone on or taken back."""
    one, other = one.casefold().rstrip(" .!,;"), other.casefold().rstrip(" .!,;")
    return bool(one and other) and (one.startswith(other) or other.startswith(one))
