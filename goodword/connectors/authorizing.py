"""Signing in at the network instead of pasting a token (OAuth 2): a part of the contract.

Authorization code with PKCE and state (RFC 6749, 7636, 9700). The house makes the attempt, sends the person's browser
to the network, and looks on their return whether it is the same browser, the same attempt and the same network; the
connector knows the network's addresses. What it obtains is kept as secret settings and renewed before it ends.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from goodword.connectors.contract import Settings


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at signing in. `state` and `verifier` are random, and good for this attempt alone."""

    redirect_uri: str  # where the network sends the browser back to
    state: str
    verifier: str = field(repr=False)  # 43 to 128 unreserved characters

    @property
    def challenge(self) -> str:
        """Of the method S256 (RFC 7636, 4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and what has to be known on its return, e.g. a client's secret. It is kept sealed."""

    address: str
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)


@runtime_checkable
class Authorizes(Protocol):
    """A connector whose network lets people sign in there."""

    obtains: Sequence[str]  # names of the fields, all of them secret, that signing in fills in

    def depart(self, *, settings: Settings, attempt: Attempt) -> Departure:
        """Make a client known where the network wants that. Raises `Refused` and `Retry`."""
        ...

    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Values of `obtains`, for what the network said in the address. Raises `Refused` (a no, too) and `Retry`.

        The state was looked at.
        """
        ...

    def renew(self, *, settings: Settings, now: datetime) -> Mapping[str, str] | None:
        """New values of `obtains` where theirs end soon; None where they don't. Raises `Refused` and `Retry`.

        The old ones go on being good until they end, so that nothing stops meanwhile.
        """
        ...
