"""The address of a one-time sign-in link."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from goodword.kernel.clock import current_time
from goodword.staff.models import Agent
from goodword.staff.sign_in import issue_sign_in_link


def sign_in_address(agent: Agent) -> str:
    """Issue a link for `agent`; whoever opens it first is signed in."""
    token = issue_sign_in_link(agent=agent, now=current_time())
    return f"{settings.PUBLIC_URL}{reverse('staff:sign_in', args=[token])}"
