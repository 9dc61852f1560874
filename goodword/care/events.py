"""Facts that care announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseFact(Fact):
    """Something that happened to a case; stands in its timeline."""

    case_id: int

    about = "case_id"


@dataclass(frozen=True, kw_only=True)
class CaseOpened(CaseFact):
    """A customer's need became a case."""


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseFact):
    """A new episode began, because the customer wrote again or said that it is not solved."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class CasesMerged(CaseFact):
    """`origin_id` went into `case_id`."""

    origin_id: int


@dataclass(frozen=True, kw_only=True)
class MessageReceived(CaseFact):
    """The customer said something in a case that was there already."""

    message_id: int
