"""Facts that learn announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CasesLinked(Fact):
    """Cases were found to tell of a problem (`added`), or not to (`removed`)."""

    problem_id: int
    added: list[int]
    removed: list[int]

    about = "problem_id"


@dataclass(frozen=True, kw_only=True)
class CauseAnswered(Fact):
    """An article was found to answer what is asked because of a cause, or (null) none does any more."""

    cause_id: int
    article_id: int | None

    about = "cause_id"


@dataclass(frozen=True, kw_only=True)
class CauseCameBack(Fact):
    """A cause that was fixed is complained of again: the improvement is open again."""

    improvement_id: int
    cause_id: int

    about = "improvement_id"


@dataclass(frozen=True, kw_only=True)
class FixJudged(Fact):
    """The days of watching are over; `fixed`: the complaints stopped."""

    improvement_id: int
    fixed: bool

    about = "improvement_id"


@dataclass(frozen=True, kw_only=True)
class ImprovementInPlace(Fact):
    """It began to help at a time (ISO 8601), or (null) it did not yet, after all."""

    improvement_id: int
    since: str | None

    about = "improvement_id"


@dataclass(frozen=True, kw_only=True)
class ImprovementSaved(Fact):
    """An improvement was planned, or its plan changed; `due_on` is ISO 8601."""

    improvement_id: int
    owner_id: int
    due_on: str

    about = "improvement_id"


@dataclass(frozen=True, kw_only=True)
class ProblemClosed(Fact):
    """Nothing more is to be done about it."""

    problem_id: int

    about = "problem_id"


@dataclass(frozen=True, kw_only=True)
class LetterReaderFact(Fact):
    """Something about who gets the weekly letter to an audience by mail."""

    audience: str
    reader_id: int

    about = "reader_id"


@dataclass(frozen=True, kw_only=True)
class LetterReaderAdded(LetterReaderFact):
    """An address was put down for it."""


@dataclass(frozen=True, kw_only=True)
class LetterReaderLeft(LetterReaderFact):
    """An address was taken off it; without an actor, by whoever reads there."""


@dataclass(frozen=True, kw_only=True)
class LettersDue(Fact):
    """Letters about the week of a Monday (ISO 8601) go out; how many."""

    monday: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ProblemSaved(Fact):
    """A problem was opened, changed, or opened again."""

    problem_id: int
    title: str

    about = "problem_id"


@dataclass(frozen=True, kw_only=True)
class ReportersTold(Fact):
    """Everybody who reported it and can be reached is told that it is fixed; how many."""

    improvement_id: int
    count: int

    about = "improvement_id"


@dataclass(frozen=True, kw_only=True)
class TargetSet(Fact):
    """A measure of the scorecard is to be at least (hours: at most) so much."""

    measure: str
    value: float
