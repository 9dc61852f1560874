"""A mailbox over IMAP: what is new in a folder, whether a mail is there, and filing a copy of one."""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError, ProtocolError

from goodword.connectors.contract import Refused, Retry
from goodword.connectors.mail.account import Server, Tls

MAX_MAIL = 40 << 20  # bytes; of a larger mail the beginning is fetched
_BEGINNING = 200_000
_BATCH_BYTES = 8 << 20
_BATCH_COUNT = 50
_LOOK_AROUND = 0.5  # seconds between two looks at whether we are to stop


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as it lies in a folder."""

    uid: int
    received: datetime
    content: bytes
    is_cut: bool


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """What the server says of a folder: its UIDs hold as long as its validity is the same."""

    validity: int
    next_uid: int


@contextmanager
def open_mailbox(server: Server) -> Iterator[Mailbox]:
    """A session, signed in. Raises `Refused` and `Retry`, also for whatever goes wrong inside."""
    with _outcomes(server):
        try:
            client = _connect(server)
        except UnicodeError as error:  # a label of a host name has at most 63 characters (RFC 1035)
            raise Refused("The name of the IMAP server, the user name or the password can't be right.") from error
        try:
            yield Mailbox(client)
        finally:
            _hang_up(client)


@contextmanager
def _outcomes(server: Server) -> Iterator[None]:
    try:
        yield
    except LoginError as error:
        raise Refused("The mail server refused the user name or the password.") from error
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"The certificate of {server.host} can't be trusted: {error.verify_message}.") from error
    except (IMAPClientError, ProtocolError, imaplib.IMAP4.error) as error:
        raise Retry(f"The mail server answered: {str(error)[:200]}") from error
    except OSError as error:
        raise Retry(f"{server.host}:{server.port} can't be reached, or the connection was lost: {error}.") from error


class _Imap(imaplib.IMAP4):
    """Goes to an address that was checked: left to itself it would ask anew what the name stands for."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        plain = self._server.connect()
        if self._server.tls is not Tls.IMPLICIT:
            return plain
        return self._server.tls_context().wrap_socket(plain, server_hostname=self._server.host)


class _Client(IMAPClient):  # type: ignore[misc]  # ships no types
    def __init__(self, server: Server) -> None:
        self._server = server
        timeout = SocketTimeout(connect=server.timeout, read=server.timeout)
        super().__init__(server.host, server.port, ssl=server.tls is Tls.IMPLICIT, timeout=timeout)

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802  # its name
        return _Imap(self._server)


def _connect(server: Server) -> IMAPClient:
    client = _Client(server)
    client.normalise_times = False
    try:
        if server.tls is Tls.STARTTLS:
            client.starttls(server.tls_context())
        client.login(server.username, server.password)
    except (IMAPClientError, OSError):
        _shut_down(client)
        raise
    return client


def _hang_up(client: IMAPClient) -> None:
    try:
        client.logout()
    except (IMAPClientError, imaplib.IMAP4.error, OSError):
        _shut_down(client)


def _shut_down(client: IMAPClient) -> None:
    with suppress(OSError):  # a socket that broke in its TLS handshake is closed already
        client.shutdown()


class Mailbox:
    """An open session."""

    def __init__(self, client: IMAPClient) -> None:
        self._client = client

    @property
    def can_idle(self) -> bool:
        """Whether the server tells of new mail by itself (RFC 2177)."""
        return bool(self._client.has_capability("IDLE"))

    def open_folder(self, folder: str) -> OpenFolder:
        """Open for reading, leaving all flags as they are. Raises `Refused` if there is no such folder."""
        try:
            answer = self._client.select_folder(folder, readonly=True)
        except IMAPClientError as error:
            if self._client.folder_exists(folder):
                raise
            raise Refused(f"There is no folder {folder!r} in this mailbox.") from error
        return OpenFolder(validity=int(answer[b"UIDVALIDITY"]), next_uid=int(answer[b"UIDNEXT"]))

    def oldest_since(self, day: date) -> int | None:
        """The UID of the oldest mail since this day, in the open folder."""
        found = self._client.search(["SINCE", day])
        return int(min(found)) if found else None

    def new_mail(self, after: int) -> Iterator[list[Fetched]]:
        """Batches of the open folder's mail with a higher UID, in order."""
        # `n:*` always names the last mail, even when its UID is below n.
        uids = sorted(uid for uid in self._client.search(["UID", f"{after + 1}:*"]) if uid > after)
        for start in range(0, len(uids), _BATCH_COUNT):
            some = uids[start : start + _BATCH_COUNT]
            sizes = {uid: int(data[b"RFC822.SIZE"]) for uid, data in self._client.fetch(some, ["RFC822.SIZE"]).items()}
            for batch in _by_size(sizes):
                yield self._fetch(batch, is_cut=sizes[batch[0]] > MAX_MAIL)

    def _fetch(self, uids: Sequence[int], *, is_cut: bool) -> list[Fetched]:
        part = f"BODY.PEEK[]<0.{_BEGINNING}>" if is_cut else "BODY.PEEK[]"
        fetched = self._client.fetch(uids, [part, "INTERNALDATE"])
        mails = []
        for uid in sorted(fetched):
            data = fetched[uid]
            content = next((value for key, value in data.items() if key.startswith(b"BODY[]")), None)
            if content is not None:  # None: deleted in between
                mails.append(Fetched(uid, data[b"INTERNALDATE"].astimezone(UTC), content, is_cut))
        return mails

    def wait(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Until something happens in the open folder, the time is over, or we are to stop."""
        deadline = time.monotonic() + seconds
        # What came since the last command is told at the start of IDLE too, but in the same breath as its
        # acknowledgement, where the library's buffer hides it from `idle_check`.
        _, responses = self._client.noop()
        if any(_is_news(response) for response in responses):
            return
        if not self.can_idle:
            while time.monotonic() < deadline and not stop():
                time.sleep(_LOOK_AROUND)
            return
        self._client.idle()
        try:
            while time.monotonic() < deadline and not stop():
                if any(_is_news(response) for response in self._client.idle_check(timeout=_LOOK_AROUND)):
                    break
        finally:
            self._client.idle_done()

    def has(self, folder: str, message_id: str) -> bool:
        """Whether a mail of this id lies in the folder; no such folder, no such mail."""
        if not self._client.folder_exists(folder):
            return False
        self._client.select_folder(folder, readonly=True)
        return bool(self._client.search(["HEADER", "Message-ID", message_id]))

    def sent_folder(self, configured: str) -> str:
        """The configured folder of sent mail, else the one that the server marks as such, else `Sent`."""
        if configured:
            return configured
        marked = (name for flags, _, name in self._client.list_folders() if b"\\Sent" in flags)
        return str(next(marked, "Sent"))

    def file_copy(self, folder: str, content: bytes) -> None:
        """Put a mail into a folder, as read; makes the folder where it is missing."""
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        self._client.append(folder, content, flags=[b"\\Seen"])

    def has_folder(self, folder: str) -> bool:
        """Whether there is such a folder."""
        return bool(self._client.folder_exists(folder))


def _is_news(response: tuple[object, ...]) -> bool:
    if response and response[0] == b"BYE":
        raise IMAPClientError("the server said goodbye")
    return b"EXISTS" in response


def _by_size(sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Batches that fit into memory; a mail above `MAX_MAIL` comes alone."""
    batch: list[int] = []
    total = 0
    for uid in sorted(sizes):
        if batch and (total + sizes[uid] > _BATCH_BYTES or sizes[uid] > MAX_MAIL):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += sizes[uid]
        if sizes[uid] > MAX_MAIL:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
