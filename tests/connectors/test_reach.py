from __future__ import annotations

import pytest

from goodword.connectors import reach
from goodword.connectors.contract import Refused
from goodword.connectors.mail.connector import Mail
from goodword.connectors.reach import MAIL_PORTS, Reach, set_reach

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize("port", sorted(MAIL_PORTS))
def test_mail_servers_of_the_internet_are_reached(port: int) -> None:
    Reach().check(PUBLIC, port)


@pytest.mark.parametrize("port", [0, 22, 80, 5432, 6379])
def test_other_ports_only_where_the_installation_says_so(port: int) -> None:
    with pytest.raises(Refused, match=f"Port {port} "):
        Reach().check(PUBLIC, port)
    Reach.read(ports=[str(port)], networks=[]).check(PUBLIC, port)
    Reach.read(ports=["any"], networks=[]).check(PUBLIC, port)
    with pytest.raises(Refused):
        Reach.read(ports=["4711"], networks=[]).check(PUBLIC, port)


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
        Reach().check(host, 993)
    Reach.read(ports=[], networks=[network]).check(host, 993)
    with pytest.raises(Refused):
        Reach.read(ports=[], networks=["172.16.0.0/12"]).check(host, 993)


def test_a_name_is_judged_by_what_it_stands_for() -> None:
    with pytest.raises(Refused):
        Reach().check("localhost", 143)
    Reach().check("no-such-host.invalid", 143)
    Reach().check("x" * 64 + ".example", 143)


def test_testing_a_mailbox_looks_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_reach", reach._reach)
    set_reach(Reach())
    settings = {"address": "care@harbour.example", "password": "x", "imap_host": "127.0.0.1", "smtp_host": PUBLIC}
    imap, smtp = Mail().check(settings=settings | {"smtp_port": "22"})
    assert (imap.passed, smtp.passed) == (False, False)
    assert "GOODWORD_MAIL_NETWORKS" in imap.detail
    assert "GOODWORD_MAIL_PORTS=22" in smtp.detail
