"""A mailbox's settings, read and checked once."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.reach import connect

LONGEST_WAIT = 30.0
"""Seconds that a mailbox may make us wait, at its server or for our copy: half of what a sender that says nothing is
given until it counts as dead (`SENDING_LEASE_SECONDS`), and then two of them would be sending."""


class Tls(StrEnum):
    """How a connection is protected."""

    IMPLICIT = "tls"
    STARTTLS = "starttls"
    NONE = "none"


_TLS_CHOICES = (
    ("tls", _("TLS from the start (usual)")),
    ("starttls", _("STARTTLS")),
    ("none", _("None (only in the installation’s own networks)")),
)
_DEFAULT_PORTS = {
    ("imap", Tls.IMPLICIT): 993,
    ("imap", Tls.STARTTLS): 143,
    ("imap", Tls.NONE): 143,
    ("smtp", Tls.IMPLICIT): 465,
    ("smtp", Tls.STARTTLS): 587,
    ("smtp", Tls.NONE): 25,
}


def _port_field(name: str, label: str) -> Field:
    return Field(
        name,
        label,
        help=_("Empty: the usual one."),
        required=False,
        guards_secrets=True,
        kind=FieldKind.INTEGER,
        minimum=1,
        maximum=65_535,
    )


def _number_field(name: str, label: str, default: str, *, maximum: float, minimum: float = 0, help: str = "") -> Field:
    return Field(
        name,
        label,
        help,
        required=False,
        default=default,
        kind=FieldKind.NUMBER,
        minimum=minimum,
        maximum=maximum,
    )


FIELDS: Sequence[Field] = (
    Field("address", _("Address"), help=_("Where customers write to, e.g. care@example.com"), kind=FieldKind.EMAIL),
    Field("name", _("Name"), help=_("Shown beside the address in what customers receive."), required=False),
    Field("aliases", _("Other addresses of ours"), help=_("Separated by commas."), required=False),
    Field("username", _("User name"), help=_("For IMAP and SMTP; empty: the address."), required=False),
    Field("password", _("Password"), help=_("Often an app password."), secret=True),
    Field("imap_host", _("IMAP server"), guards_secrets=True),
    _port_field("imap_port", _("IMAP port")),
    Field("imap_tls", _("IMAP security"), default="tls", choices=_TLS_CHOICES, guards_secrets=True),
    Field("folder", _("Folder to hear"), default="INBOX", required=False),
    Field("sent_folder", _("Folder of sent mail"), help=_("Empty: found by itself."), required=False),
    Field(
        "hear_sent",
        _("Hear the sent folder too"),
        help=_("Answers that colleagues give from their own mail programs then stand in the case."),
        default="yes",
        choices=(("yes", _("Yes")), ("no", _("No"))),
        required=False,
    ),
    _number_field("history_days", _("Days to look back at first"), "7", maximum=3650),
    Field("smtp_host", _("SMTP server"), guards_secrets=True),
    _port_field("smtp_port", _("SMTP port")),
    Field("smtp_tls", _("SMTP security"), default="tls", choices=_TLS_CHOICES, guards_secrets=True),
    Field("smtp_username", _("SMTP user name"), help=_("Empty: as for IMAP; - for none."), required=False),
    Field("smtp_password", _("SMTP password"), help=_("Empty: as for IMAP."), secret=True, required=False),
    Field(
        "sent_copy",
        _("How sent mail is remembered"),
        help=_("It is how we learn, after a lost connection, whether a reply went out."),
        default="inbox",
        choices=(
            ("inbox", _("We send ourselves a copy")),
            ("server", _("The mail server files sent mail by itself (Gmail, Microsoft 365)")),
        ),
        required=False,
    ),
    _number_field(
        "copy_wait_seconds",
        _("Seconds until our copy must be there"),
        "15",
        maximum=int(LONGEST_WAIT),
        help=_("After a lost connection, this long we wait for it before a reply is sent again."),
    ),
    Field("message_id_domain", _("Domain of message ids"), help=_("Empty: that of the address."), required=False),
    Field(
        "ca_file",
        _("Certificate authority"),
        help=_("A PEM file, where the server's is a private one."),
        required=False,
        guards_secrets=True,
    ),
    _number_field("timeout_seconds", _("Seconds to wait for a server"), "30", minimum=1, maximum=int(LONGEST_WAIT)),
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where one of the two servers is, and who we are there."""

    host: str
    port: int
    tls: Tls
    username: str
    password: str = field(repr=False)
    timeout: float
    ca_file: str | None

    def connect(self) -> socket.socket:
        """A connection on which nothing was said yet. Raises `Refused`, `OSError`, `UnicodeError`."""
        return connect(self.host, self.port, timeout=self.timeout, plain=self.tls is Tls.NONE)

    def tls_context(self) -> ssl.SSLContext:
        """A context that checks the certificate. Raises `Refused` when the authority's file can't be read."""
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except OSError as error:
            raise Refused(f"The certificate authority's file {self.ca_file} can't be read.") from error


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox with both its servers."""

    address: str
    name: str
    own_addresses: tuple[str, ...]
    imap: Server
    smtp: Server
    folder: str
    sent_folder: str
    hears_sent: bool
    history_days: int
    sent_copy: Literal["inbox", "server"]
    copy_wait: float
    message_id_domain: str


def read_account(settings: Settings) -> Account:
    """The account that these settings describe. Raises `Refused` with the name of the setting to mend."""
    address = _text(settings, "address").lower()
    if "@" not in address.strip("@"):
        raise Refused("Setting “Address”: an e-mail address is missing.")
    return Account(
        address=address,
        name=_text(settings, "name"),
        own_addresses=own_addresses(settings),
        imap=_server(settings, "imap", address),
        smtp=_server(settings, "smtp", address),
        folder=_text(settings, "folder") or "INBOX",
        sent_folder=_text(settings, "sent_folder"),
        hears_sent=_text(settings, "hear_sent") != "no",
        history_days=int(_number(settings, "history_days", 7)),
        sent_copy="server" if _text(settings, "sent_copy") == "server" else "inbox",
        copy_wait=min(LONGEST_WAIT, _number(settings, "copy_wait_seconds", 15)),
        message_id_domain=message_id_domain(settings),
    )


def own_addresses(settings: Settings) -> tuple[str, ...]:
    """The brand's addresses, in lower case, the main one first."""
    aliases = _text(settings, "aliases").lower().replace(",", " ").split()
    return tuple(dict.fromkeys([_text(settings, "address").lower(), *aliases]))


def message_id_domain(settings: Settings) -> str:
    """The domain under which we make message ids."""
    return _text(settings, "message_id_domain").lower() or _text(settings, "address").lower().rpartition("@")[2]


def _server(settings: Settings, protocol: Literal["imap", "smtp"], address: str) -> Server:
    host = _text(settings, f"{protocol}_host")
    if not host:
        raise Refused(f"Setting “{protocol.upper()} server”: a host name is missing.")
    try:
        tls = Tls(_text(settings, f"{protocol}_tls") or "tls")
    except ValueError as error:
        raise Refused(f"Setting “{protocol.upper()} security” must be tls, starttls or none.") from error
    username = _text(settings, f"{protocol}_username") or _text(settings, "username") or address
    return Server(
        host=host,
        port=int(_number(settings, f"{protocol}_port", _DEFAULT_PORTS[protocol, tls])),
        tls=tls,
        username="" if username == "-" else username,
        password=str(settings.get(f"{protocol}_password") or settings.get("password") or ""),
        timeout=min(LONGEST_WAIT, _number(settings, "timeout_seconds", LONGEST_WAIT)),
        ca_file=_text(settings, "ca_file") or None,
    )


def _text(settings: Settings, name: str) -> str:
    return str(settings.get(name) or "").strip()


def _number(settings: Settings, name: str, default: float) -> float:
    given = _text(settings, name)
    try:
        number = float(given) if given else default
    except ValueError as error:
        raise Refused(f"Setting “{name}”: {given[:20]!r} is not a number.") from error
    if not 0 <= number < 100_000:
        raise Refused(f"Setting “{name}”: {given[:20]!r} is out of range.")
    return number
