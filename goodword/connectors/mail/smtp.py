"""Hands one mail to an SMTP server, and tells apart what surely failed, what may pass later, and what nobody knows."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from goodword.connectors.contract import Refused, Retry, Uncertain
from goodword.connectors.mail.account import Server, Tls

_DOT_AT_LINE_START = re.compile(rb"^\.", re.MULTILINE)
_TEMPORARY = range(400, 500)
_START_INPUT = 354
_RETRY_SOON = timedelta(minutes=1)
_RETRY_LATER = timedelta(minutes=5)


def deliver(server: Server, *, sender: str, recipients: Sequence[str], message: bytes) -> None:
    """Return once the server has taken the mail for the first recipient. `message` has CRLF line ends.

    The first recipient decides; another who is refused (our own copy) doesn't hold the mail back.
    Raises `Refused` (5xx), `Retry` (4xx, or no connection before the mail went out), and `Uncertain` when the
    connection was lost after the mail went out and before the server's word.
    """
    with connected(server) as smtp:
        _envelope(smtp, sender, recipients, message)
        _expect(smtp.docmd("DATA"), _START_INPUT, "to take the mail")
        ending = b"" if message.endswith(b"\r\n") else b"\r\n"
        try:
            smtp.send(_DOT_AT_LINE_START.sub(b"..", message) + ending + b".\r\n")
            reply = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Uncertain("The connection to the mail server was lost while it was taking the mail.") from error
        _expect(reply, 250, "the mail")


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A session, signed in. Raises `Refused` and `Retry`, also for whatever goes wrong inside."""
    try:
        smtp = _connect(server)
    except UnicodeError as error:  # a label of a host name has at most 63 characters (RFC 1035)
        raise Refused("The name of the SMTP server, the user name or the password can't be right.") from error
    except smtplib.SMTPException as error:
        raise _as_outcome(error) from error
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"The certificate of {server.host} can't be trusted: {error.verify_message}.") from error
    except OSError as error:
        raise Retry(f"{server.host}:{server.port} can't be reached: {error}.", after=_RETRY_SOON) from error
    try:
        yield smtp
    except smtplib.SMTPException as error:
        raise _as_outcome(error) from error
    except OSError as error:
        raise Retry(f"The connection to {server.host} was lost: {error}.", after=_RETRY_SOON) from error
    finally:
        _hang_up(smtp)


class _Smtp(smtplib.SMTP):
    """Goes to an address that was checked: left to itself it would ask anew what the name stands for."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__(server.host, server.port, timeout=server.timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._server.connect()


class _ImplicitTls(_Smtp):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return self._server.tls_context().wrap_socket(plain, server_hostname=self._server.host)


def _connect(server: Server) -> smtplib.SMTP:
    smtp = _ImplicitTls(server) if server.tls is Tls.IMPLICIT else _Smtp(server)
    try:
        if server.tls is Tls.STARTTLS:
            smtp.starttls(context=server.tls_context())
        smtp.ehlo_or_helo_if_needed()
        if server.username and smtp.has_extn("auth"):
            smtp.login(server.username, server.password)
    except (smtplib.SMTPException, OSError):
        smtp.close()
        raise
    return smtp


def _envelope(smtp: smtplib.SMTP, sender: str, recipients: Sequence[str], message: bytes) -> None:
    limit = smtp.esmtp_features.get("size", "")
    if limit.isdigit() and 0 < int(limit) < len(message):
        raise Refused(f"The mail has {len(message) >> 10} KB; the server takes {int(limit) >> 10} KB at most.")
    options = [f"size={len(message)}"] if limit else []
    if not all(address.isascii() for address in (sender, *recipients)):
        if not smtp.has_extn("smtputf8"):
            raise Refused("The mail server can't deliver to an address with letters beyond ASCII.")
        options += ["SMTPUTF8", "BODY=8BITMIME"]
        smtp.command_encoding = "utf-8"
    _expect(smtp.mail(sender, options), 250, "our address")
    first, *copies = recipients
    _expect(smtp.rcpt(first), 250, "the customer's address")
    for copy in copies:
        smtp.rcpt(copy)


def _expect(reply: tuple[int, bytes], wanted: int, what: str) -> None:
    code, words = reply
    if code != wanted and not (wanted == 250 and code == 251):
        raise _outcome(code, f"The mail server refused {what}: {code} {words.decode('utf-8', 'replace')[:200]}")


def _as_outcome(error: smtplib.SMTPException) -> Refused | Retry:
    if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code not in _TEMPORARY:
        return Refused(f"The mail server refused the user name or the password ({error.smtp_code}).")
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return _outcome(error.smtp_code, f"The mail server answered {error.smtp_code} {words[:200]}")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refused(f"The mail server lacks what the settings ask for: {error}")
    return Retry("The mail server closed the connection.", after=_RETRY_SOON)


def _outcome(code: int, message: str) -> Refused | Retry:
    if code in _TEMPORARY:
        return Retry(message, after=_RETRY_LATER)
    return Retry(message, after=_RETRY_SOON) if code < 0 else Refused(message)


def _hang_up(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError):
        smtp.close()
