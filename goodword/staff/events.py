"""Facts that staff announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AgentAway(Fact):
    """An agent is away; from when and until when (ISO 8601, or null while it is not known)."""

    agent_id: int
    since: str
    until: str | None

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class AgentBack(Fact):
    """An agent is back, or won't be away after all."""

    agent_id: int

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class WorkspaceOpened(Fact):
    """A brand has a workspace of its own."""

    name: str

    about = "workspace_id"


@dataclass(frozen=True, kw_only=True)
class CalendarDeleted(Fact):
    """A calendar is no more; its name, as it was. Its teams keep the hours of the workspace."""

    calendar_id: int
    name: str

    about = "calendar_id"


@dataclass(frozen=True, kw_only=True)
class CalendarSaved(Fact):
    """Working hours were written or changed; what is due in business time falls due at another time."""

    calendar_id: int
    name: str

    about = "calendar_id"


@dataclass(frozen=True, kw_only=True)
class HoursUnwatched(Fact):
    """Nobody is there within the hours of a calendar, since a time (ISO 8601)."""

    calendar_id: int
    since: str

    about = "calendar_id"


@dataclass(frozen=True, kw_only=True)
class HoursWatched(Fact):
    """Somebody is there again, or the hours are over."""

    calendar_id: int
    since: str

    about = "calendar_id"


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Fact):
    """Somebody was given a place in the workspace."""

    agent_id: int
    role: str

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Fact):
    """Somebody has no place in the workspace any more."""

    agent_id: int

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Fact):
    """A member may do more, or less, than before."""

    agent_id: int
    role: str

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class RosterSaved(Fact):
    """It was written, changed or cleared when an agent works."""

    agent_id: int

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class SignInLinkRenewed(Fact):
    """A member who had never signed in was given another link for it."""

    agent_id: int

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class TeamDissolved(Fact):
    """A team is no more; its name, as it was."""

    team_id: int
    name: str

    about = "team_id"


@dataclass(frozen=True, kw_only=True)
class TeamSaved(Fact):
    """A team was made or changed: its name now, and who came and went."""

    team_id: int
    name: str
    joined: list[int]
    left: list[int]

    about = "team_id"


@dataclass(frozen=True, kw_only=True)
class WebhookFact(Fact):
    """Something about an address that is told."""

    webhook_id: int
    name: str

    about = "webhook_id"


@dataclass(frozen=True, kw_only=True)
class WebhookDeleted(WebhookFact):
    """It is told no more; its name, as it was."""


@dataclass(frozen=True, kw_only=True)
class WebhookRekeyed(WebhookFact):
    """It was given another secret."""


@dataclass(frozen=True, kw_only=True)
class WebhookSaved(WebhookFact):
    """It was written or changed."""


@dataclass(frozen=True, kw_only=True)
class WebhookSwitched(WebhookFact):
    """It was switched on or off; without an actor, off because it failed for days."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class WorkspaceNamed(Fact):
    """The workspace was given its name and time zone."""
