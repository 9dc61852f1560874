"""What accounts are called: the streams name people by DID alone."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import msgspec

from goodword.connectors.bluesky.events import Profile
from goodword.connectors.bluesky.session import Session
from goodword.connectors.contract import Refused, Retry

_AT_ONCE = 25  # `app.bsky.actor.getProfiles` takes so many
_REMEMBERED = 5_000
_FRESH = 3_600.0  # seconds
_PAUSE = 60.0  # seconds; after the network's view did not answer


class _Found(Profile, rename="camel"):
    did: str = ""


class _FoundAll(msgspec.Struct):
    profiles: list[_Found] = []


class Profiles:
    """Profiles, asked for in batches and remembered for an hour."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[float, Profile]] = {}
        self._ask_network_after = 0.0

    def of(self, dids: Iterable[str]) -> dict[str, Profile]:
        """The profiles of these accounts, as far as they can be had: nothing is lost for want of a name."""
        wanted = list(dict.fromkeys(dids))
        fresh = time.monotonic() - _FRESH
        missing = [did for did in wanted if did not in self._known or self._known[did][0] < fresh]
        if len(self._known) + len(missing) > _REMEMBERED:
            self._known = {did: self._known[did] for did in wanted if did in self._known}
        for start in range(0, len(missing), _AT_ONCE):
            for did, profile in self._ask(missing[start : start + _AT_ONCE]).items():
                self._known[did] = (time.monotonic(), profile)
        return {did: self._known[did][1] for did in wanted if did in self._known}

    def _ask(self, dids: Sequence[str]) -> dict[str, Profile]:
        """From the network's view by way of the account's server; where that has none, what the server itself knows."""
        if time.monotonic() >= self._ask_network_after:
            try:
                answer = self._session.get("app.bsky.actor.getProfiles", [("actors", did) for did in dids])
                return {found.did: found for found in answer.read(_FoundAll).profiles}
            except (Refused, Retry):
                self._ask_network_after = time.monotonic() + _PAUSE
        return {did: profile for did in dids if (profile := self._handle_alone(did))}

    def _handle_alone(self, did: str) -> Profile | None:
        try:
            return self._session.get("com.atproto.repo.describeRepo", [("repo", did)]).read(Profile)
        except (Refused, Retry):
            return None
