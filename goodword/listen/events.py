"""Facts that listening announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AddressLeft(Fact):
    """A visitor of the chat goes on by mail: in `mailbox_id`, or (null) there is none to write from."""

    source_id: int
    mailbox_id: int | None
    thread_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class BurstNoticed(Fact):
    """A saved search is matched far more often than usual."""

    search_id: int
    burst_id: int

    about = "search_id"


@dataclass(frozen=True, kw_only=True)
class DeliveriesReported(Fact):
    """A network told of replies that it had taken: of each `native_id`, `key`, `state`, `at` (ISO 8601), `reason`."""

    source_id: int
    reports: list[dict[str, str | None]]

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class GapClosed(Fact):
    """A source is heard again."""

    source_id: int
    gap_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class GapOpened(Fact):
    """A source is not heard."""

    source_id: int
    gap_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class MentionsHeard(Fact):
    """A batch of raw items was understood: so many new mentions await a disposition."""

    source_id: int
    new: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class MentionsChanged(Fact):
    """Mentions were edited or deleted where they were said; their ids."""

    source_id: int
    mention_ids: list[int]

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class RejectedTriedAgain(Fact):
    """Raw items that could not be understood were tried again: how many, and how many of them were understood now."""

    source_id: int
    tried: int
    understood: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class SearchAlarmSet(Fact):
    """From now on leads are told of bursts of a saved search, or nobody is."""

    search_id: int
    alarm: bool

    about = "search_id"


@dataclass(frozen=True, kw_only=True)
class SearchDeleted(Fact):
    """A saved search is gone, with what it matched; its name, as it was."""

    search_id: int
    name: str

    about = "search_id"


@dataclass(frozen=True, kw_only=True)
class SearchPaused(Fact):
    """Nothing is held against a saved search any more."""

    search_id: int

    about = "search_id"


@dataclass(frozen=True, kw_only=True)
class SearchSaved(Fact):
    """A search was saved, changed, or resumed: what is said from now on is held against it, then the past."""

    search_id: int
    version: int

    about = "search_id"


@dataclass(frozen=True, kw_only=True)
class SourceChanged(Fact):
    """A source got another name or other settings: which of them, never what they are."""

    source_id: int
    changed: list[str]

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class SourceFellSilent(Fact):
    """Nothing has come from a source for longer than is usual, though listening seems to work."""

    source_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class SourceOpened(Fact):
    """A source was connected."""

    source_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class SourceResumed(Fact):
    """A stopped source is listened to again."""

    source_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class SourceStopped(Fact):
    """A source was stopped by a person."""

    source_id: int

    about = "source_id"


@dataclass(frozen=True, kw_only=True)
class TopicRose(Fact):
    """A topic that no search names is talked about far more than usual; what it is about, as it was then."""

    topic_id: int
    burst_id: int
    name: str

    about = "topic_id"
