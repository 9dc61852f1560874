from goodword.staff.models.agent import Agent
from goodword.staff.models.calendar import Absence, Calendar, Roster, UnwatchedTime
from goodword.staff.models.notice import Notice
from goodword.staff.models.scoped import Scoped, ScopedQuerySet
from goodword.staff.models.sign_in_link import SignInLink
from goodword.staff.models.team import Team, TeamMember
from goodword.staff.models.webhook import Webhook, WebhookDelivery
from goodword.staff.models.workspace import Membership, Role, Workspace

__all__ = [
    "Absence",
    "Agent",
    "Calendar",
    "Membership",
    "Notice",
    "Role",
    "Roster",
    "Scoped",
    "ScopedQuerySet",
    "SignInLink",
    "Team",
    "TeamMember",
    "UnwatchedTime",
    "Webhook",
    "WebhookDelivery",
    "Workspace",
]
