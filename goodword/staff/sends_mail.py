"""Whether this installation can send mail."""

from __future__ import annotations

from django.conf import settings


def sends_mail() -> bool:
    """Not where mail is dropped: nobody may be told then that one is on its way."""
    return not settings.EMAIL_BACKEND.endswith(".NoMailServer")
