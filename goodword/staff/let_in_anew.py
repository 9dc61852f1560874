"""Take an account back from whoever held it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from goodword.staff.models import Agent, SignInLink


@transaction.atomic
def let_in_anew(*, agent: Agent) -> None:
    """End every way in and every session of `agent`, so that only the next link leads in.

    A link is handed out by an admin, and nothing proves that the address is that of who used it. Before the account
    opens another workspace it must be nobody's again.
    """
    SignInLink.objects.filter(agent=agent, used_at=None).delete()
    Authenticator.objects.filter(user=agent).delete()
    agent.set_unusable_password()  # which ends the sessions, too
    agent.last_login = None
    agent.save(update_fields=["password", "last_login"])
