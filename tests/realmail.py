"""A real mail server for tests: a throw-away Dovecot on loopback, and an SMTP server that delivers into it.

with RealMail() as mail:
    mail.deliver(message)          # a customer's mail arrives in the brand's mailbox
    mail.settings()                # what the mail connector needs
    mail.sent()                    # what went out by SMTP, oldest first
    mail.inbox("mara@example.org") # what a customer got
"""

from __future__ import annotations

import email
import email.policy
import grp
import os
import pwd
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections import deque
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from imapclient import IMAPClient

BRAND = "care@harbour.example"
PASSWORD = "open-sesame"

_CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = {ssl}
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{root}/mail/%u
mail_max_userip_connections = 100
lmtp_rcpt_check_quota = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = {ssl}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def missing() -> str | None:
    """Why real mail can't be had on this machine; None when it can."""
    return None if shutil.which("dovecot") else "dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd)"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _sign_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=is_right, handled=False)


class _Delivery:
    """The SMTP server's behaviour: hands each mail on by LMTP, except where a fault was asked for."""

    def __init__(self, lmtp_port: int) -> None:
        self.lmtp_port = lmtp_port
        self.taken: list[EmailMessage] = []
        self.faults: deque[tuple[str, str]] = deque()

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if fault := self._fault("MAIL", server):
            return fault
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if fault := self._fault("RCPT", server):
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if fault := self._fault("DATA", server):
            return fault
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:  # one by one: smtplib reads one answer a mail, LMTP gives one a recipient
            with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
                lmtp.sendmail(envelope.mail_from or "", [recipient], content)
        self.taken.append(email.message_from_bytes(content, policy=email.policy.default))
        return self._fault("TAKEN", server) or "250 Delivered"

    def _fault(self, stage: str, server: SMTP) -> str | None:
        if not self.faults or self.faults[0][0] != stage:
            return None
        _, what = self.faults.popleft()
        if what == "drop":
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        return what


class RealMail:
    """Dovecot and SMTP, started by `start` (or `with`), gone without a trace after `stop`."""

    def __init__(self, *, certificate: tuple[Path, Path] | None = None) -> None:
        self._certificate = certificate
        self.imap_port, self.imaps_port, self.lmtp_port = (_free_port() for _ in range(3))
        self.smtp_port, self.smtps_port = (_free_port() for _ in range(2))
        self._root: Path | None = None
        self._dovecot: subprocess.Popen[bytes] | None = None
        self._delivery = _Delivery(self.lmtp_port)
        self._smtp: list[Controller] = []

    def start(self) -> RealMail:
        self._root = Path(tempfile.mkdtemp(prefix="goodword-mail-"))
        self._root.chmod(0o755)  # Dovecot's unprivileged processes must get in
        config = self._root / "dovecot.conf"
        config.write_text(self._configuration(self._root))
        self._start_smtp()
        self.start_imap()
        return self

    def _start_smtp(self) -> None:
        """Plain with sign-in; given a certificate, also STARTTLS on the same port and TLS on another."""
        options = {"authenticator": _sign_in, "auth_require_tls": False, "hostname": "127.0.0.1"}
        tls = None
        if self._certificate:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(*self._certificate)
            self._smtp.append(Controller(self._delivery, port=self.smtps_port, ssl_context=tls, **options))
        self._smtp.append(Controller(self._delivery, port=self.smtp_port, tls_context=tls, **options))
        for controller in self._smtp:
            controller.start()

    def stop(self) -> None:
        for controller in self._smtp:
            controller.stop()
        self.stop_imap()
        if self._root:
            shutil.rmtree(self._root, ignore_errors=True)

    def __enter__(self) -> RealMail:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def settings(self, **changed: str) -> dict[str, str]:
        """Settings for the mail connector."""
        return {
            "address": BRAND,
            "name": "Harbour",
            "password": PASSWORD,
            "imap_host": "127.0.0.1",
            "imap_port": str(self.imap_port),
            "imap_tls": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": str(self.smtp_port),
            "smtp_tls": "none",
            "timeout_seconds": "10",
        } | changed

    def deliver(self, message: EmailMessage | bytes, *, to: str = BRAND) -> None:
        """Put a mail into a mailbox, as from outside."""
        content = message if isinstance(message, bytes) else message.as_bytes()
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail("outside@example.org", [to], content)

    def sent(self) -> list[EmailMessage]:
        """What the SMTP server has taken, oldest first."""
        return list(self._delivery.taken)

    def fail_next(self, stage: str, what: str) -> None:
        """The next mail to reach `stage` (MAIL, RCPT, DATA; TAKEN: after delivery) gets this answer, or is dropped."""
        self._delivery.faults.append((stage, what))

    def inbox(self, address: str = BRAND, folder: str = "INBOX") -> list[EmailMessage]:
        """The mails in a folder, oldest first."""
        with self.client(address) as client:
            client.select_folder(folder, readonly=True)
            fetched = client.fetch(client.search(), ["BODY.PEEK[]"])
        return [
            email.message_from_bytes(fetched[uid][b"BODY[]"], policy=email.policy.default) for uid in sorted(fetched)
        ]

    def client(self, address: str = BRAND) -> IMAPClient:
        """A session in a mailbox."""
        client = IMAPClient("127.0.0.1", self.imap_port, ssl=False, timeout=10)
        client.login(address, PASSWORD)
        return client

    def stop_imap(self) -> None:
        """As if the power had failed, for what listens."""
        if self._dovecot is not None:
            os.killpg(self._dovecot.pid, signal.SIGKILL)  # it leads a group of its own
            self._dovecot.wait(timeout=20)
            self._dovecot = None

    def start_imap(self) -> None:
        """Start Dovecot; after `stop_imap` with the same mailboxes."""
        assert self._root is not None
        self._dovecot = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self._root / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._await_ports()

    def _configuration(self, root: Path) -> str:
        mail = root / "mail"
        mail.mkdir(exist_ok=True)
        if os.geteuid() == 0:  # Dovecot keeps no mail as root
            owner = pwd.getpwnam("nobody")
            internal, login = "dovecot", "dovenull"
            os.chown(mail, owner.pw_uid, owner.pw_gid)
        else:
            owner = pwd.getpwuid(os.geteuid())
            internal = login = owner.pw_name
        group = "dovecot" if internal == "dovecot" else grp.getgrgid(owner.pw_gid).gr_name
        config = _CONFIG.format(
            root=root,
            ssl="yes" if self._certificate else "no",
            internal=internal,
            internal_group=group,
            login=login,
            password=PASSWORD,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            imap=self.imap_port,
            imaps=self.imaps_port,
            lmtp=self.lmtp_port,
        )
        if self._certificate:
            certificate, key = self._certificate
            config += f"ssl_cert = <{certificate}\nssl_key = <{key}\n"
        return config

    def _await_ports(self) -> None:
        deadline = time.monotonic() + 20
        for port in (self.imap_port, self.lmtp_port, self.smtp_port):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if time.monotonic() > deadline:
                        log = (self._root or Path()) / "dovecot.log"
                        raise RuntimeError(f"mail did not start: {log.read_text() if log.exists() else ''}") from None
                    time.sleep(0.05)
