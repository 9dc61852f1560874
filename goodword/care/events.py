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
class CaseAssigned(CaseFact):
    """The case was given to an agent, to a team, or to nobody (both null)."""

    assignee_id: int | None
    team_id: int | None


@dataclass(frozen=True, kw_only=True)
class CaseLabelled(CaseFact):
    """Labels were put on or taken off; their names, as they were then."""

    added: list[str]
    removed: list[str]


@dataclass(frozen=True, kw_only=True)
class CaseOpened(CaseFact):
    """A customer's need became a case."""


@dataclass(frozen=True, kw_only=True)
class CasePrioritised(CaseFact):
    """The priority was changed by an agent."""

    priority: int


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseFact):
    """A new episode began, because the customer wrote again or said that it is not solved."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class CaseSnoozed(CaseFact):
    """The case sleeps until a time (ISO 8601) or until the customer writes."""

    until: str


@dataclass(frozen=True, kw_only=True)
class CaseSplit(CaseFact):
    """`case_id` was made of messages of `origin_id`."""

    origin_id: int


@dataclass(frozen=True, kw_only=True)
class CaseWoken(CaseFact):
    """The time of a snoozed case has come."""


@dataclass(frozen=True, kw_only=True)
class CasesMerged(CaseFact):
    """`origin_id` went into `case_id`."""

    origin_id: int


@dataclass(frozen=True, kw_only=True)
class CauseRecorded(CaseFact):
    """An agent said why the case came about (`cause`, as it was called then), or (null) took that back."""

    cause_id: int | None
    before_id: int | None
    cause: str


@dataclass(frozen=True, kw_only=True)
class ChatHandedOver(CaseFact):
    """The customer left the chat, and an address to be answered at; `by_mail`: the next reply goes there."""

    by_mail: bool


@dataclass(frozen=True, kw_only=True)
class ChatWaiting(CaseFact):
    """The customer has waited in front of the screen for too long, and the team was told (again)."""

    minutes: int


@dataclass(frozen=True, kw_only=True)
class DeliveryAdvanced(CaseFact):
    """A reply came further: `delivery` is "delivered" or "read"."""

    message_id: int
    delivery: str


@dataclass(frozen=True, kw_only=True)
class MakeGoodChanged(CaseFact):
    """Something the customer is given because we failed them came to another state."""

    make_good_id: int
    state: str
    what: str


@dataclass(frozen=True, kw_only=True)
class MentionDecided(Fact):
    """An agent said what became of a mention; what stood there before is kept, so that it can be put back."""

    mention_id: int
    disposition: str
    before: str
    reason_before: str
    by_before: int | None

    about = "mention_id"


@dataclass(frozen=True, kw_only=True)
class MentionDecisionUndone(Fact):
    """An agent took `undone` back; `disposition` is what stands there again."""

    mention_id: int
    disposition: str
    undone: str

    about = "mention_id"


@dataclass(frozen=True, kw_only=True)
class MergeUndone(CaseFact):
    """`origin_id` came out of `case_id` again."""

    origin_id: int


@dataclass(frozen=True, kw_only=True)
class MessageReceived(CaseFact):
    """Something more was said in a case that was there already."""


@dataclass(frozen=True, kw_only=True)
class NoteAdded(CaseFact):
    """An agent wrote something that only the team can read."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class NoteTakenBack(CaseFact):
    """An internal note is gone, as if it had not been written."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyFailed(CaseFact):
    """A reply did not go out, or we can't know whether it did; a person has to act."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyHeld(CaseFact):
    """A reply waits until somebody else has seen it."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyQueued(CaseFact):
    """A reply waits in the outbox, where it can be undone for some seconds."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplySent(CaseFact):
    """The network took a reply."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyUndone(CaseFact):
    """A reply was taken back before it was sent."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ResolutionConfirmed(CaseFact):
    """The customer says that it is solved."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class ResolutionDisputed(CaseFact):
    """The customer says that it is not solved."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class ResolutionLapsed(CaseFact):
    """The customer was asked whether it is solved, and did not answer in time."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class ResolutionProposed(CaseFact):
    """We say that it is solved; `asked` tells whether the customer was asked for their word."""

    episode: int
    asked: bool


@dataclass(frozen=True, kw_only=True)
class ResolutionRated(CaseFact):
    """The customer rated how it was solved, how the person was, or both; 1–5. It may come again, changed."""

    episode: int
    solved: int | None
    person: int | None


@dataclass(frozen=True, kw_only=True)
class ResolutionWithdrawn(CaseFact):
    """The agent took back that it is solved; the episode goes on."""

    episode: int


@dataclass(frozen=True, kw_only=True)
class RiskReviewed(CaseFact):
    """A closer reading of what the customer said changed the risk of the case."""

    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class SavedReplyDeleted(Fact):
    """A saved reply is gone; its shortcut, as it was."""

    saved_reply_id: int
    shortcut: str

    about = "saved_reply_id"


@dataclass(frozen=True, kw_only=True)
class SavedReplyWritten(Fact):
    """A saved reply was made or changed; its shortcut now."""

    saved_reply_id: int
    shortcut: str

    about = "saved_reply_id"


@dataclass(frozen=True, kw_only=True)
class SplitUndone(CaseFact):
    """`origin_id` is one with `case_id` again."""

    origin_id: int
