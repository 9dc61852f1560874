"""Facts instead of signals: a verb records what happened, and rooms above react to it.

`record` appends one row and, in the same transaction, enqueues one job for each registered reaction and tells the live
pages. A rolled-back verb leaves no row, no job and no update.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from procrastinate.tasks import Task

from goodword.kernel import jobs, live
from goodword.kernel.copying import copy_in
from goodword.kernel.models import FactRow


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of every fact. Fields are plain JSON values and ids; `about` names the field that holds the subject's id."""

    workspace_id: int

    about: ClassVar[str] = ""  # e.g. "case_id", which makes the subject "case:7"

    @property
    def subject(self) -> str:
        """What it is about, as the timeline looks it up."""
        if not self.about:
            return ""
        return f"{self.about.removesuffix('_id')}:{getattr(self, self.about)}"


Reaction = Callable[..., None]
R = TypeVar("R", bound=Reaction)
_reactions: dict[type[Fact], list[Task[..., Any, Any]]] = defaultdict(list)
_together: dict[type[Fact], list[Task[..., Any, Any]]] = defaultdict(list)


def on(fact: type[Fact], *, queue: str = "reactions") -> Callable[[R], R]:
    """Register a reaction. It is called by keyword with the fact's fields, must accept others, and be idempotent."""

    def register(reaction: R) -> R:
        _reactions[fact].append(jobs.task(queue=queue)(reaction))
        return reaction

    return register


def on_any(*facts: type[Fact], queue: str = "reactions") -> Callable[[R], R]:
    """Register a reaction to several kinds of facts. What was recorded at once comes to it at once, with what waits.

    It is called with `workspace_id` and `facts`, a list of their fields: one job, however many there are.
    """

    def register(reaction: R) -> R:
        task = jobs.task_of_many(queue=queue)(reaction)
        for fact in facts:
            _together[fact].append(task)
        return reaction

    return register


def reactions() -> dict[str, list[str]]:
    """Name of each fact → names of its reactions; `docs/flow.md` is made from this."""
    return {
        fact.__name__: sorted(task.name for task in [*_reactions[fact], *_together[fact]])
        for fact in {**_reactions, **_together}
    }


def record(fact: Fact, *, now: datetime, actor_id: int | None = None) -> FactRow:
    """Append `fact`, enqueue its reactions and announce it. Call it inside the verb's transaction."""
    row = _row(fact, actor_id, now)
    row.save()
    _react([fact])
    live.announce(fact.workspace_id, type(fact).__name__, fact.subject)
    return row


def record_all(facts: Sequence[Fact], *, now: datetime, actor_id: int | None = None) -> None:
    """Append many facts of one kind and workspace at once; open pages get one word for all of them."""
    if not facts:
        return
    copy_in([_row(fact, actor_id, now) for fact in facts])
    _react(facts)
    several = facts[0].subject if len(facts) == 1 else ""
    live.announce(facts[0].workspace_id, type(facts[0]).__name__, several)


def _row(fact: Fact, actor_id: int | None, now: datetime) -> FactRow:
    data = asdict(fact)
    workspace_id = data.pop("workspace_id")
    return FactRow(
        workspace_id=workspace_id,
        kind=type(fact).__name__,
        subject=fact.subject,
        actor_id=actor_id,
        at=now,
        data=data,
    )


def _react(facts: Sequence[Fact]) -> None:
    kind, workspace_id = type(facts[0]), facts[0].workspace_id
    for task in _reactions[kind]:
        for fact in facts:
            jobs.enqueue(task, **asdict(fact))
    for task in _together[kind]:
        jobs.enqueue(task, workspace_id=workspace_id, facts=[asdict(fact) for fact in facts])
