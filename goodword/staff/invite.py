"""Invite somebody into a workspace, by a link that is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.add_member import add_member
from goodword.staff.events import MemberInvited, SignInLinkRenewed
from goodword.staff.models import Agent, Membership, Role, Workspace
from goodword.staff.sign_in import issue_sign_in_link


class AlreadyMember(Exception):
    """They have a place in this workspace."""


class SignsInAlready(Exception):
    """A link would let whoever holds it act as somebody who is known elsewhere, or who signs in by themselves."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new member. `token` signs them in once; it is empty for those who sign in already, as they always do."""

    membership: Membership
    token: str


@transaction.atomic
def invite_member(*, workspace: Workspace, email: str, name: str, role: Role, by: Agent, now: datetime) -> Invitation:
    """Make `email` a member. Raises `NotAnAddress`, `AlreadyMember`."""
    if Membership.objects.filter(workspace=workspace, agent__email=email.strip().lower()).exists():
        raise AlreadyMember(_("%(email)s is a member already. Change their role in the list.") % {"email": email})
    membership = add_member(workspace=workspace, email=email.strip(), name=name.strip(), role=role)
    fact = MemberInvited(workspace_id=workspace.pk, agent_id=membership.agent_id, role=role.value)
    record(fact, now=now, actor_id=by.pk)
    token = issue_sign_in_link(agent=membership.agent, now=now) if needs_link(membership) else ""
    return Invitation(membership, token)


@transaction.atomic
def renew_link(*, membership: Membership, by: Agent, now: datetime) -> str:
    """Another link for a member whose first one was lost or has expired. Raises `SignsInAlready`."""
    if not needs_link(membership):
        raise SignsInAlready(
            _("%(name)s signs in already. With “Forgot your password?” they get a new password by mail.")
            % {"name": membership.agent}
        )
    fact = SignInLinkRenewed(workspace_id=membership.workspace_id, agent_id=membership.agent_id)
    record(fact, now=now, actor_id=by.pk)
    return issue_sign_in_link(agent=membership.agent, now=now)


def needs_link(membership: Membership) -> bool:
    """Whether somebody has never signed in, and belongs nowhere else: only then is a link theirs to be handed out."""
    agent = membership.agent
    return agent.last_login is None and not agent.memberships.exclude(pk=membership.pk).exists()
