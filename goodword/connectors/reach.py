"""Where connectors may connect to by a name that a person typed, so that a form is no way to look around a network.

What lies on this machine or in private networks, and ports where no mail server listens, only if the installation says
so. The house sets it once, when it starts (`goodword.listen.apps`). For the web any port of a public address will do.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from goodword.connectors.contract import Refused
from goodword.kernel.addresses import Network, is_public, is_within

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

    def check(self, host: str, port: int) -> None:
        """Raise `Refused` if nothing may connect there. A name that can't be found is left to who connects."""
        if self.ports is not None and port not in self.ports:
            raise Refused(f"Port {port} is none of a mail server. If it is: GOODWORD_MAIL_PORTS={port} allows it.")
        try:
            found = {str(address[4][0]) for address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError):
            return
        if any(not is_public(address) and not is_within(address, self.networks) for address in found):
            raise Refused(
                f"{host} is not on the public internet. Whoever runs this installation can allow its network by"
                " GOODWORD_MAIL_NETWORKS, e.g. 192.168.0.0/16, or 127.0.0.0/8 for this machine."
            )


_reach = Reach()


def set_reach(reach: Reach) -> None:
    """From now on, in this process."""
    global _reach  # noqa: PLW0603  # a connector gets the settings of one source alone; this is the installation's
    _reach = reach


def check_reach(host: str, port: int) -> None:
    """Raise `Refused` if the installation lets nothing connect there."""
    _reach.check(host, port)


_web_networks: tuple[Network, ...] = ()


def set_web_networks(networks: Iterable[str]) -> None:
    """Networks (CIDR) that APIs may be called in though they are not public, from now on, in this process."""
    global _web_networks  # noqa: PLW0603  # as above
    _web_networks = tuple(ipaddress.ip_network(network) for network in networks)


def web_networks() -> tuple[Network, ...]:
    """Networks that APIs may be called in though they are not public."""
    return _web_networks
