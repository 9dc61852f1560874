"""Send the weekly letters that are due: as they stand on the page, in the brand's zone."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.insight.letters import Letter, read_letter
from goodword.learn.letter_post import mark_handed_over, mark_not_sent, mark_sent, mark_unknown, next_letter
from goodword.learn.letter_readers import leaving_address
from goodword.learn.models import MailedLetter
from goodword.staff.models import Workspace
from goodword.staff.week import week_of
from goodword.triage.models import Audience


def letter_text(workspace: Workspace, letter: Letter, *, leaving: str = "") -> str:
    """As plain text; `leaving` is where its reader takes themselves off."""
    context = {"letter": letter, "house": workspace.name, "leaving": leaving}
    with timezone.override(ZoneInfo(workspace.zone)):
        return render_to_string("insight/letter.txt", context).strip() + "\n"


def mail_letters(*, limit: int, clock: Callable[[], datetime]) -> int:
    """Up to `limit` that are due, one mail each; how many were tried. Outside of any transaction.

    Where the mail server can't be reached the round ends: it is the same for all.
    """
    for done in range(limit):
        letter = next_letter(now=clock())
        if letter is None:
            return done
        if not _send(letter, clock()):
            return done + 1
    return limit


def _send(letter: MailedLetter, now: datetime) -> bool:
    """Whether there was a server to send it by."""
    mail = _mail(letter)
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        mark_not_sent(letter=letter, says=_said(error), for_good=False, now=now)
        return False
    mark_handed_over(letter=letter)
    _hand_over(letter, mail, connection, now)
    return True


def _hand_over(letter: MailedLetter, mail: EmailMessage, connection: BaseEmailBackend, now: datetime) -> None:
    try:
        taken = connection.send_messages([mail])
    except smtplib.SMTPServerDisconnected as error:
        mark_unknown(letter=letter, says=_said(error))
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _text in error.recipients.values())
        mark_not_sent(letter=letter, says=_("The mail server refuses the address."), for_good=code >= 500, now=now)
    except smtplib.SMTPResponseException as error:
        mark_not_sent(letter=letter, says=_said(error), for_good=error.smtp_code >= 500, now=now)
    except OSError as error:
        mark_unknown(letter=letter, says=_said(error))
    else:
        if taken:
            mark_sent(letter=letter)
        else:
            says = _("No mail server is set up: GOODWORD_EMAIL_HOST.")
            mark_not_sent(letter=letter, says=says, for_good=True, now=now)
    finally:
        connection.close()


def _mail(posted: MailedLetter) -> EmailMessage:
    reader = posted.reader
    audience, workspace = Audience(reader.audience), reader.workspace
    letter = read_letter(workspace, week_of(workspace, posted.monday), audience)
    leaving = leaving_address(reader)
    subject = _("%(house)s, to %(audience)s: what customers said, week of %(day)s") % {
        "house": workspace.name,
        "audience": audience.label,
        "day": posted.monday.isoformat(),
    }
    # The two headers of RFC 8058 give mail programs a button that leaves.
    headers = {"List-Unsubscribe": f"<{leaving}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = letter_text(workspace, letter, leaving=leaving)
    mail = EmailMessage(" ".join(subject.split()), text, None, [reader.email], headers=headers)
    mail.message()  # what can't be a mail shows now, not while it is handed over
    return mail


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _("The mail server answered %(code)d.") % {"code": error.smtp_code}
    return _("The mail server can’t be reached, or broke off.")
