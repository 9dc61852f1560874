"""Facts that staff announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


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
class WorkspaceNamed(Fact):
    """The workspace was given its name and time zone."""
