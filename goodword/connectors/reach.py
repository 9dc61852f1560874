"""Where connectors may connect to by a name that a person typed, so that a form is no way to look around a network.

What lies on this machine or in private networks, and ports where no mail server listens, only if the installation says
so. The house sets it once, when it starts (`goodword.listen.apps`). For the web any port of a public address will do.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from goodword.connectors.contract import Refused
from goodword.kernel.addresses import Network, is_public, is_within
from goodword.kernel.checked_connection import resolve

# SMTP, IMAP, SMTP over TLS, submission (RFC 6409, RFC 8314), IMAP over TLS, and where hosters offer submission as well.
MAIL_PORTS = frozenset({25, 143, 465, 587, 993, 2525})
ANY = "any"


@dataclass(frozen=True, slots=True)
class Reach:
    """Ports that may be connected to, None for all; and networks that may be although they are not public."""

    ports: frozenset[int] | None = MAIL_PORTS
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, *, ports: Iterable[str], networks: Iterable[str]) -> Self:
        """As an installation's settings write it: ports beside the usual ones, or `any`; networks as CIDR."""
        given = list(ports)
        allowed = None if ANY in given else MAIL_PORTS | {int(port) for port in given}
        return cls(allowed, tuple(ipaddress.ip_network(network) for network in networks))

    def addresses(self, host: str, port: int, *, plain: bool = False) -> Sequence[str]:
        """What the name stands for, checked: who connects goes to one of these, for a name may change its mind.

        In `plain`, without TLS, only the installation's own networks will do. Raises `Refused`, and `OSError` or
        `UnicodeError` for a name that can't be found.
        """
        if self.ports is not None and port not in self.ports:
            raise Refused(f"Port {port} is none of a mail server. If it is: GOODWORD_MAIL_PORTS={port} allows it.")
        found = resolve(host, port)
        outside = [address for address in found if not is_within(address, self.networks)]
        if not all(is_public(address) for address in outside):
            raise Refused(
                f"{host} is not on the public internet. Whoever runs this installation can allow its network by"
                " GOODWORD_MAIL_NETWORKS, e.g. 192.168.0.0/16, or 127.0.0.0/8 for this machine."
            )
        if plain and outside:
            raise Refused(
                f"{host} is reached over the internet, where a connection without TLS is read by others: choose TLS"
                " or STARTTLS. In networks named by GOODWORD_MAIL_NETWORKS it may be without."
            )
        return found

    def connect(self, host: str, port: int, *, timeout: float, plain: bool = False) -> socket.socket:
        """A connection to one of the addresses that were checked. Raises as `addresses` does, and `OSError`."""
        *others, last = self.addresses(host, port, plain=plain)
        for address in others:  # one of several may be of a network that this machine has no way to
            with suppress(OSError):
                return socket.create_connection((address, port), timeout)
        return socket.create_connection((last, port), timeout)


_reach = Reach()


def set_reach(reach: Reach) -> None:
    """From now on, in this process."""
    global _reach  # noqa: PLW0603  # a connector gets the settings of one source alone; this is the installation's
    _reach = reach


def connect(host: str, port: int, *, timeout: float, plain: bool) -> socket.socket:
    """A connection, if the installation lets us connect there. Raises `Refused`, `OSError`, `UnicodeError`."""
    return _reach.connect(host, port, timeout=timeout, plain=plain)


_web_networks: tuple[Network, ...] = ()


def set_web_networks(networks: Iterable[str]) -> None:
    """Networks (CIDR) that APIs may be called in though they are not public, from now on, in this process."""
    global _web_networks  # noqa: PLW0603  # as above
    _web_networks = tuple(ipaddress.ip_network(network) for network in networks)


def web_networks() -> tuple[Network, ...]:
    """Networks that APIs may be called in though they are not public."""
    return _web_networks
