"""Facts that promises announce. Each is about the case that the promise was made in."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PromiseFact(Fact):
    """Something that happened to a promise; stands in the timeline of its case."""

    case_id: int
    promise_id: int

    about = "case_id"


@dataclass(frozen=True, kw_only=True)
class PromiseBroken(PromiseFact):
    """It fell due and was not kept."""


@dataclass(frozen=True, kw_only=True)
class PromiseKept(PromiseFact):
    """We did what we said; `late`: after it was due."""

    late: bool


@dataclass(frozen=True, kw_only=True)
class PromiseKeepingTakenBack(PromiseFact):
    """It is not kept, after all."""


@dataclass(frozen=True, kw_only=True)
class PromiseMade(PromiseFact):
    """A promise was confirmed by who made it; `due_at` is ISO 8601."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class PromiseRenegotiated(PromiseFact):
    """Before it was due another time was agreed; `promise_id` is the new promise, `follows_id` the old one."""

    follows_id: int
    due_at: str


@dataclass(frozen=True, kw_only=True)
class PromiseReminded(PromiseFact):
    """Its owner was told that it falls due soon."""


@dataclass(frozen=True, kw_only=True)
class PromiseWithdrawn(PromiseFact):
    """The reply that made it came back from the network: nobody was promised anything."""


@dataclass(frozen=True, kw_only=True)
class BrandPageSaved(Fact):
    """Whether anybody may read what we promised and how we did was settled."""

    shown: bool


@dataclass(frozen=True, kw_only=True)
class PresencePromised(Fact):
    """For a channel it was promised when we are there and how fast we answer."""

    channel: str
    answer_minutes: int


@dataclass(frozen=True, kw_only=True)
class PresenceWithdrawn(Fact):
    """Nothing is promised for a channel any more."""

    channel: str
