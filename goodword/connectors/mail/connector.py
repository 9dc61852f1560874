"""E-mail as a connector."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Field,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Refused,
    Retry,
    Settings,
    Uncertain,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.delivery_reports import DeliveryReport
from goodword.connectors.mail import bounce, listening, smtp
from goodword.connectors.mail.account import FIELDS, Account, read_account
from goodword.connectors.mail.compose import compose, recipient_of
from goodword.connectors.mail.mailbox import open_mailbox
from goodword.connectors.mail.message_id import message_id_for
from goodword.connectors.mail.parse import parse

logger = logging.getLogger(__name__)

_LOOK_EVERY = 1.0  # seconds


class Mail:
    """A mailbox that customers write to."""

    key = "mail"
    channel = "email"  # as that of mail archives
    label = _("E-mail")
    fields: Sequence[Field] = FIELDS

    def capabilities(self, settings: Settings) -> Capabilities:
        """Private, with a subject, HTML and attachments; what one server allows in size shows when it is sent."""
        return Capabilities(
            can_reply=True,
            public=False,
            can_find_sent=True,
            can_write_first=True,
            hears_edits=False,
            supports_subject=True,
            max_attachments=20,
            max_attachment_bytes=18 << 20,  # base64 adds a third; 25 MB is what most servers take
            icon="mail",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw, settings),)

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """What a bounce, or a notification that was asked for, says of a mail of ours. Pure; raises `Malformed`."""
        return bounce.reports(raw, settings)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """New mail, by IDLE or, where a server lacks it, by looking. Raises `Retry` and `Refused`."""
        return listening.listen(read_account(settings), cursor, stop, now)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Send once. Raises `Refused`, `Retry`, `Uncertain`."""
        account = read_account(settings)
        to = recipient_of(outgoing, account)
        at = now()
        message = compose(outgoing, account, to=to, at=at)
        copies = [account.address] if account.sent_copy == "inbox" else []
        smtp.deliver(account.smtp, sender=account.address, recipients=[to, *copies], message=message)
        if account.sent_copy == "inbox":
            _file_copy(account, message)
        return _receipt(account, outgoing, at)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """Ask the mailbox for the reply's Message-ID, among sent mail and in the folder our copy comes to.

        A copy may still be on its way, so we wait for it before we say no. Raises `Uncertain`, `Refused`.
        """
        account = read_account(settings)
        message_id = message_id_for(outgoing.idempotency_key, account.message_id_domain)
        deadline = time.monotonic() + account.copy_wait
        try:
            with open_mailbox(account.imap) as mailbox:
                folders = dict.fromkeys((mailbox.sent_folder(account.sent_folder), account.folder, "INBOX"))
                while not any(mailbox.has(folder, message_id) for folder in folders):
                    if time.monotonic() > deadline:
                        return None
                    time.sleep(_LOOK_EVERY)
        except Retry as error:
            raise Uncertain(f"The mailbox can't be asked whether the mail went out. {error}") from error
        return _receipt(account, outgoing, datetime.now(UTC))

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Sign in to both servers and look at the folders; sends nothing."""
        try:
            account = read_account(settings)
        except Refused as error:
            return (Check("Settings", passed=False, detail=str(error)),)
        return (_check_imap(account), _check_smtp(account))


def _receipt(account: Account, outgoing: Outgoing, at: datetime) -> Receipt:
    return Receipt(native_id=message_id_for(outgoing.idempotency_key, account.message_id_domain), at=at)


def _file_copy(account: Account, message: bytes) -> None:
    """For people who look into the mailbox. The mail is sent already, so that a failure here fails nothing."""
    try:
        with open_mailbox(account.imap) as mailbox:
            mailbox.file_copy(mailbox.sent_folder(account.sent_folder), message)
    except (Retry, Refused):
        logger.warning("A sent mail could not be filed in the folder of sent mail", exc_info=True)


def _check_imap(account: Account) -> Check:
    try:
        with open_mailbox(account.imap) as mailbox:
            mailbox.open_folder(account.folder)
            sent = mailbox.sent_folder(account.sent_folder)
            way = "is told of new mail at once" if mailbox.can_idle else "looks for new mail every 20 seconds"
    except (Retry, Refused) as error:
        return Check("IMAP", passed=False, detail=str(error))
    return Check("IMAP", passed=True, detail=f"Signed in; {way}; sent mail is in {sent}.")


def _check_smtp(account: Account) -> Check:
    try:
        with smtp.connected(account.smtp) as session:
            session.noop()
    except (Retry, Refused) as error:
        return Check("SMTP", passed=False, detail=str(error))
    return Check("SMTP", passed=True, detail="Signed in.")
