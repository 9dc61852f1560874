"""Hosts of web addresses."""

from __future__ import annotations

import re

from goodword.language.searches.characters import fold

_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@\s]*@)?(\[[^\]\s]*\]|[^/?#:\s]*)", re.IGNORECASE)
_SCHEMELESS = re.compile(r"\s*([^/?#:@\s]+)(?=[/?#\s]|:\d|$)")
HOST_LENGTH = 253
"""Characters of a host name (RFC 1035); what is longer is no host."""


def host_of(address: str) -> str:
    """The host of an address with or without a scheme, folded; "" if there is none."""
    match = _SCHEMELESS.match(address) or _HOST.match(address)
    host = fold(match[1]).strip(".") if match else ""
    return host if len(host) <= HOST_LENGTH else ""


def host_and_parents(host: str) -> list[str]:
    """`a.b.c` gives `a.b.c`, `b.c` and `c`."""
    labels = host.split(".") if host else []
    return [".".join(labels[index:]) for index in range(len(labels))]
