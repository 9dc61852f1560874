"""Invite somebody into a workspace, by a link that is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.staff.add_member import add_member
from goodword.staff.events import MemberInvited, SignInLinkRenewed
from goodword.staff.let_in_anew import let_in_anew
from goodword.staff.models import Agent, Membership, Role, Workspace
from goodword.staff.sends_mail import sends_mail
from goodword.staff.sign_in import issue_sign_in_link


class AlreadyMember(Exception):
    """They have a place in this workspace."""


class KnownElsewhere(Exception):
    """They have a place in another workspace: neither of its admins and ours may decide for the other who they are."""


class SignsInAlready(Exception):
    """A link would let whoever holds it act as somebody who is known elsewhere, or who signs in by themselves."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new member. `token` signs them in once."""

    membership: Membership
    token: str


@transaction.atomic
def invite_member(*, workspace: Workspace, email: str, name: str, role: Role, by: Agent, now: datetime) -> Invitation:
    """Make `email` a member; of an account that was let go elsewhere nothing but the address is left.

    Raises `NotAnAddress`, `AlreadyMember`, `KnownElsewhere`.
    """
    if Membership.objects.filter(workspace=workspace, agent__email=email.strip().lower()).exists():
        raise AlreadyMember(_("%(email)s is a member already. Change their role in the list.") % {"email": email})
    membership = add_member(workspace=workspace, email=email.strip(), name=name.strip(), role=role)
    # Locked, for another workspace may be inviting them at this moment; what was added goes with the transaction.
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=membership.agent_id)
    if agent.memberships.exclude(pk=membership.pk).exists():
        raise KnownElsewhere(
            _(
                "%(email)s is in another workspace already. Whoever runs this installation lets them into yours: "
                "goodword user add %(email)s --role %(role)s --workspace %(workspace)s"
            )
            % {"email": email, "role": role.value, "workspace": workspace.slug}
        )
    let_in_anew(agent=agent)
    fact = MemberInvited(workspace_id=workspace.pk, agent_id=membership.agent_id, role=role.value)
    record(fact, now=now, actor_id=by.pk)
    return Invitation(membership, issue_sign_in_link(agent=agent, now=now))


@transaction.atomic
def renew_link(*, membership: Membership, by: Agent, now: datetime) -> str:
    """Another link for a member whose first one was lost or has expired. Raises `SignsInAlready`."""
    if not needs_link(membership):
        text = (
            _("%(name)s signs in already. With “Forgot your password?” they get a new password by mail.")
            if sends_mail()
            else _(
                "%(name)s signs in already, and no mail server is set up to bring them a new password. Whoever runs "
                "this installation makes them a link: goodword user link %(email)s"
            )
        )
        raise SignsInAlready(text % {"name": membership.agent, "email": membership.agent.email})
    fact = SignInLinkRenewed(workspace_id=membership.workspace_id, agent_id=membership.agent_id)
    record(fact, now=now, actor_id=by.pk)
    return issue_sign_in_link(agent=membership.agent, now=now)


def needs_link(membership: Membership) -> bool:
    """Whether somebody has never signed in, and belongs nowhere else: only then is a link theirs to be handed out."""
    agent = membership.agent
    return agent.last_login is None and not agent.memberships.exclude(pk=membership.pk).exists()
