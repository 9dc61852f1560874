from __future__ import annotations

import socket

import pytest
from django.conf import settings as house

from goodword.connectors import reach
from goodword.connectors.contract import Refused, Retry
from goodword.connectors.mail.account import LONGEST_WAIT, read_account
from goodword.connectors.mail.connector import Mail
from goodword.connectors.mail.mailbox import open_mailbox
from goodword.connectors.mail.smtp import connected
from goodword.connectors.reach import MAIL_PORTS, Reach, set_reach

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize("port", sorted(MAIL_PORTS))
def test_mail_servers_of_the_internet_are_reached(port: int) -> None:
    Reach().addresses(PUBLIC, port)


@pytest.mark.parametrize("port", [0, 22, 80, 5432, 6379])
def test_other_ports_only_where_the_installation_says_so(port: int) -> None:
    with pytest.raises(Refused, match=f"Port {port} "):
        Reach().addresses(PUBLIC, port)
    Reach.read(ports=[str(port)], networks=[]).addresses(PUBLIC, port)
    Reach.read(ports=["any"], networks=[]).addresses(PUBLIC, port)
    with pytest.raises(Refused):
        Reach.read(ports=["4711"], networks=[]).addresses(PUBLIC, port)


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("127.0.0.1", "127.0.0.0/8"),
        ("10.1.2.3", "10.0.0.0/8"),
        ("192.168.1.1", "192.168.0.0/16"),
        ("169.254.169.254", "169.254.0.0/16"),
        ("::1", "::1/128"),
        ("::ffff:127.0.0.1", "::ffff:0:0/96"),
    ],
)
def test_networks_that_are_not_public_only_where_the_installation_says_so(host: str, network: str) -> None:
    with pytest.raises(Refused, match="GOODWORD_MAIL_NETWORKS"):
        Reach().addresses(host, 993)
    Reach.read(ports=[], networks=[network]).addresses(host, 993)
    with pytest.raises(Refused):
        Reach.read(ports=[], networks=["172.16.0.0/12"]).addresses(host, 993)


def test_a_name_is_judged_by_what_it_stands_for() -> None:
    with pytest.raises(Refused):
        Reach().addresses("localhost", 143)
    with pytest.raises(OSError):
        Reach().addresses("no-such-host.invalid", 143)
    with pytest.raises(UnicodeError):
        Reach().addresses("x" * 64 + ".example", 143)


def test_without_tls_only_in_networks_of_our_own() -> None:
    with pytest.raises(Refused, match="without TLS"):
        Reach().addresses(PUBLIC, 143, plain=True)
    Reach.read(ports=[], networks=["127.0.0.0/8"]).addresses("127.0.0.1", 143, plain=True)


def test_a_connection_goes_to_an_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for one address when it is checked and for another when it is connected to."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    monkeypatch.setattr(reach, "resolve", resolve)
    monkeypatch.setattr(reach, "_reach", Reach.read(ports=["any"], networks=["127.0.0.1/32"]))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings = {"address": "care@harbour.example", "timeout_seconds": "0.2"}
        server = f"{listening.getsockname()[1]}"
        ways = {
            f"{way}_{key}": value
            for way in ("imap", "smtp")
            for key, value in {"host": "rebinding.example", "port": server, "tls": "none"}.items()
        }
        account = read_account(settings | ways)
        for connecting in (open_mailbox(account.imap), connected(account.smtp)):
            asked.clear()
            with pytest.raises(Retry), connecting:  # nobody answers there
                raise AssertionError("no server said anything")
            listening.accept()[0].close()
            assert asked == ["rebinding.example"]


@pytest.mark.parametrize("given", ["99999", "31", ""])
def test_no_mailbox_makes_us_wait_until_a_sender_counts_as_dead(given: str) -> None:
    settings = {"address": "care@harbour.example", "imap_host": "a", "smtp_host": "b"}
    account = read_account(settings | {"timeout_seconds": given, "copy_wait_seconds": given})
    longest = max(account.smtp.timeout, account.imap.timeout, account.copy_wait)
    assert longest <= LONGEST_WAIT <= house.SENDING_LEASE_SECONDS / 2


def test_testing_a_mailbox_looks_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_reach", reach._reach)
    set_reach(Reach())
    settings = {"address": "care@harbour.example", "password": "x", "imap_host": "127.0.0.1", "smtp_host": PUBLIC}
    imap, smtp = Mail().check(settings=settings | {"smtp_port": "22"})
    assert (imap.passed, smtp.passed) == (False, False)
    assert "GOODWORD_MAIL_NETWORKS" in imap.detail
    assert "GOODWORD_MAIL_PORTS=22" in smtp.detail
