"""Facts that people announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Fact):
    """`absorbed_id` was found to be `person_id`."""

    person_id: int
    absorbed_id: int

    about = "person_id"


@dataclass(frozen=True, kw_only=True)
class PeopleMergeUndone(Fact):
    """`absorbed_id` is somebody else than `person_id` after all."""

    person_id: int
    absorbed_id: int

    about = "person_id"


@dataclass(frozen=True, kw_only=True)
class PersonDescribed(Fact):
    """An agent said what a customer is called, or what is to be known of them."""

    person_id: int

    about = "person_id"


@dataclass(frozen=True, kw_only=True)
class ProofAsked(Fact):
    """`person_id` was sent a code that proves, once it is said there, that they are `other_id` too."""

    person_id: int
    other_id: int

    about = "person_id"
