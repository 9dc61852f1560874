"""Who gets a case, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple


class Method(StrEnum):
    """Between those who can: whose turn it is, or who has least."""

    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"


class Why(StrEnum):
    """One reason. `word` of a reason is the skill or language, `n` how many cases somebody has."""

    SKILL = "skill"
    LANGUAGE = "language"
    NAMED = "named"  # the plan names them
    KNOWS = "knows"  # answered this person before
    FEWEST = "fewest"
    TURN = "turn"
    OVERFLOW = "overflow"  # of another team: in their own nobody could
    NOBODY = "nobody"  # is in the team
    NONE_WORKS = "none_works"
    NONE_SKILLED = "none_skilled"
    NONE_SPEAKS = "none_speaks"
    ALL_FULL = "all_full"


class Reason(NamedTuple):
    """As a fact keeps it; put into words where it is read."""

    why: str
    word: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of the team. `limit` open cases are the most they take; without `languages` they take any."""

    agent: int
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    open: int = 0
    limit: int = 20
    works: bool = True
    given_at: datetime | None = None  # when they were last given a case


@dataclass(frozen=True, slots=True)
class Need:
    """What a case takes: all of `skills`; `language` as it is read, empty if unknown; who `knows` the person."""

    skills: frozenset[str] = frozenset()
    language: str = ""
    knows: int | None = None


class Choice(NamedTuple):
    """Whom, or nobody; and why."""

    agent: int | None
    reasons: tuple[Reason, ...]


_NEVER = datetime.min.replace(tzinfo=UTC)


def choose(need: Need, team: Sequence[Candidate], method: Method) -> Choice:
    """Whoever can and may take it: by skill, language, working hours and load. Who knows the person comes first; then
    it goes in turn, or to whoever has least. The same question gets the same answer."""
    if not team:
        return Choice(None, (Reason(Why.NOBODY),))
    said: list[Reason] = []
    left = list(team)
    for keeps, none in _sieves(need):
        kept = [one for one in left if keeps(one)]
        if not kept:
            return Choice(None, (none,))
        left = kept
    said += [Reason(Why.SKILL, skill) for skill in sorted(need.skills)]
    if need.language and any(one.languages for one in team):
        said.append(Reason(Why.LANGUAGE, need.language))
    known = next((one for one in left if one.agent == need.knows), None)
    if known is not None:
        return Choice(known.agent, (Reason(Why.KNOWS), *said))
    chosen = min(left, key=_order(method))
    if method is Method.LEAST_LOADED:
        return Choice(chosen.agent, (*said, Reason(Why.FEWEST, n=chosen.open)))
    return Choice(chosen.agent, (*said, Reason(Why.TURN)))


def _sieves(need: Need) -> Sequence[tuple[Callable[[Candidate], bool], Reason]]:
    """In this order, so that the reason why nobody can is the one that lasts longest."""
    skills = ", ".join(sorted(need.skills))
    return (
        (lambda one: need.skills <= one.skills, Reason(Why.NONE_SKILLED, skills)),
        (
            lambda one: not need.language or not one.languages or need.language in one.languages,
            Reason(Why.NONE_SPEAKS, need.language),
        ),
        (lambda one: one.works, Reason(Why.NONE_WORKS)),
        (lambda one: one.open < one.limit, Reason(Why.ALL_FULL)),
    )


def _order(method: Method) -> Callable[[Candidate], tuple[object, ...]]:
    if method is Method.LEAST_LOADED:
        return lambda one: (one.open, one.given_at or _NEVER, one.agent)
    return lambda one: (one.given_at or _NEVER, one.open, one.agent)
