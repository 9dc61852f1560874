"""What Django is given for a mail server where none is set up."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class NoMailServer(BaseEmailBackend):
    """Sends nothing, and keeps nothing of a mail: it may hold a link that sets a password."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were sent: none."""
        logger.warning("A mail was dropped: no mail server is set up. Set GOODWORD_EMAIL_HOST to send mail.")
        return 0
