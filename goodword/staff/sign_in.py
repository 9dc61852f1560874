"""Signing in: by password (allauth, with a second factor), or by a one-time link."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from goodword.kernel.ids import new_token, token_digest
from goodword.staff.models import Agent, SignInLink

LINK_LIVES = timedelta(hours=24)


class LinkSpent(Exception):
    """The link was used, has expired, or never existed; which of them is not said."""


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Agents are invited by an admin or made on the command line; nobody signs up.

    What is mailed names our public address, never the host that a request claims to be for.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link that sets a new password; `key` names the agent and holds the token."""
        agent, _, token = key.partition("-")
        return str(settings.PUBLIC_URL) + reverse("account_reset_password_from_key", args=[agent, token])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails."""
        ours = SimpleNamespace(name="Goodword", domain=urlsplit(settings.PUBLIC_URL).netloc)
        super().send_mail(template_prefix, email, {"current_site": ours, **context})


def issue_sign_in_link(*, agent: Agent, now: datetime) -> str:
    """Make a link for `agent` and return its token, which can't be read again."""
    token = new_token()
    SignInLink.objects.create(agent=agent, digest=token_digest(token), expires_at=now + LINK_LIVES)
    return token


@transaction.atomic
def redeem_sign_in_link(*, token: str, now: datetime) -> Agent:
    """Spend a link and return whom it signs in. Raises `LinkSpent`."""
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("agent")
        .filter(digest=token_digest(token), used_at=None, expires_at__gt=now, agent__is_active=True)
        .first()
    )
    if link is None:
        raise LinkSpent
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link.agent
