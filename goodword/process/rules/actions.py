"""What a rule or a macro does to a case, as it is kept; `act.py` does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Do(StrEnum):
    """A kind of action."""

    TEAM = "team"
    PERSON = "person"
    ADD_LABEL = "add_label"
    REMOVE_LABEL = "remove_label"
    PRIORITY = "priority"
    NOTE = "note"
    TELL = "tell"
    SNOOZE = "snooze"
    RESOLVE = "resolve"
    HOLD = "hold"  # replies of the case wait for a second pair of eyes


RULES_DO = frozenset(Do)
MACROS_DO = RULES_DO - {Do.TELL, Do.HOLD}
"""What can be taken back: nobody can be untold."""

_NAMED_ONCE = frozenset({Do.TEAM, Do.PERSON, Do.PRIORITY, Do.SNOOZE})


@dataclass(frozen=True, slots=True)
class Action:
    """`of` is the id of a team, agent or label, a priority, minutes to sleep, or whom to tell; `name` what that was
    called when it was written, so that it can be said when it is gone. `words` are those of a note or a notice."""

    do: Do
    of: int | str = ""
    name: str = ""
    words: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Action:
        """As a row keeps it."""
        return cls(Do(stored["do"]), stored.get("of", ""), stored.get("name", ""), stored.get("words", ""))

    def as_json(self) -> dict[str, Any]:
        """For the row."""
        return {"do": self.do.value, "of": self.of, "name": self.name, "words": self.words}


def contradiction(actions: Sequence[Action]) -> tuple[int, int] | None:
    """The places of two actions of which one undoes the other, or None."""
    for later, second in enumerate(actions):
        for earlier, first in enumerate(actions[:later]):
            if _differ(first, second) or _differ(second, first):
                return earlier, later
    return None


def _differ(first: Action, second: Action) -> bool:
    if first.do == second.do:
        return first.do in _NAMED_ONCE and first.of != second.of
    pair = {first.do, second.do}
    if pair == {Do.ADD_LABEL, Do.REMOVE_LABEL}:
        return first.of == second.of
    return pair == {Do.SNOOZE, Do.RESOLVE}
