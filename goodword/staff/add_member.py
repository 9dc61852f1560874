"""Give somebody a place in a workspace."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from goodword.staff.models import Agent, Membership, Role, Workspace


class NotAnAddress(Exception):
    """What was given is no e-mail address."""


@transaction.atomic
def add_member(*, workspace: Workspace, email: str, name: str, role: Role) -> Membership:
    """Make `email` a member with this role; a member already there gets the role. A new agent has no password.

    Raises `NotAnAddress`.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotAnAddress(f"{email!r} is not an e-mail address.") from error
    agent = _known(email) or _new_agent(email, name or email.partition("@")[0])
    membership, _ = Membership.objects.update_or_create(workspace=workspace, agent=agent, defaults={"role": role})
    return membership


def _known(email: str) -> Agent | None:
    return Agent.objects.filter(email=email.lower()).first()


def _new_agent(email: str, name: str) -> Agent:
    """Somebody else may be adding them at this moment: then they are known now."""
    try:
        return Agent.objects.create_user(email, name=name)
    except IntegrityError:
        if (agent := _known(email)) is None:
            raise
        return agent
