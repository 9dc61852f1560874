"""Set an agent's password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from goodword.staff.models import Agent


class WeakPassword(Exception):
    """The password is too easy to guess; the message says in which way."""


def set_password(*, agent: Agent, password: str) -> None:
    """Set it. Raises `WeakPassword`."""
    try:
        validate_password(password, agent)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    agent.set_password(password)
    agent.save(update_fields=["password"])
