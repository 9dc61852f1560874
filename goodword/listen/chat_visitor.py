"""Who a chat visitor is: a browser that holds a token of ours, or somebody the brand's own server vouches for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from goodword.connectors.chat.identity import Identity, verify_identity
from goodword.kernel.ids import token_digest
from goodword.listen.models import Source

_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,64}")  # 240 random bits or more


class VisitorUnknown(Exception):
    """The request names no visitor."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`conversation` is the name of their thread. The token itself is kept nowhere but in the visitor's browser."""

    id: str
    identity: Identity | None = None

    @property
    def conversation(self) -> str:
        """Begins otherwise for those whom the brand vouches for: nobody gets into their thread by a token of ours."""
        return f"{'user' if self.identity else 'visitor'}:{self.id}"


def anonymous_visitor(token: str) -> Visitor:
    """The visitor whose browser holds `token`. Raises `VisitorUnknown` for what can't be a token of ours."""
    if not _TOKEN.fullmatch(token):
        raise VisitorUnknown
    return Visitor(token_digest(token)[:32])


def identified_visitor(source: Source, token: str, *, now: datetime) -> Visitor:
    """The visitor whom the brand's token names; each has one conversation, whatever browser they use.

    Raises `IdentityRefused`, `KeyUnusable`.
    """
    identity = verify_identity(token, source.full_settings(), now=now)
    return Visitor(token_digest(identity.sub)[:32], identity)


def visitor_of(source: Source, authorization: str, *, now: datetime) -> Visitor:
    """By the header `Authorization`: `Visitor <token>`, or `Bearer <token of the brand's server>`.

    Raises `VisitorUnknown`, `IdentityRefused`, `KeyUnusable`.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme == "Bearer":
        return identified_visitor(source, token.strip(), now=now)
    if scheme == "Visitor":
        return anonymous_visitor(token.strip())
    raise VisitorUnknown
