"""What is tried, and against what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from goodword.connectors.contract import Connector, Outgoing, Raw, Settings
from goodword.connectors.receiving import WebhookReply, WebhookRequest


class ContractBroken(AssertionError):
    """A rule of the contract that a connector doesn't keep; the message says which, and by what."""


class World(Protocol):
    """The outside network, or a twin of it, as the suite needs it. Begins empty for each check."""

    @property
    def settings(self) -> Settings:
        """To reach it with; they may change when the line is cut."""
        ...

    def now(self) -> datetime:
        """Its clock."""
        ...

    def speak(self, count: int) -> list[str]:
        """Have customers say so many things, one after the other; their native ids."""
        ...

    def cut(self) -> None:
        """Make the network unreachable."""
        ...

    def mend(self) -> None:
        """Make it reachable again."""
        ...

    def reply(self, key: str) -> Outgoing:
        """A reply to something that was said, with this idempotency key."""
        ...

    def arrived(self, key: str) -> int:
        """How often the reply with this key has arrived at the customer."""
        ...

    def lose_next_receipt(self) -> None:
        """The next reply is taken, and the connection breaks before the network's word."""
        ...


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Requests that a connector with `receive` is tried with, as its network makes them.

    Their proof is made with the secrets of the subject's settings.
    """

    told: Sequence[WebhookRequest]  # each brings at least one item that says something
    asked: Sequence[tuple[WebhookRequest, WebhookReply]] = ()  # whether the address is ours, and what to answer
    asks_with_secret: bool = True  # False: that answer is the same for everybody
    strange: Sequence[WebhookRequest] = ()  # proven, but of another page or account


@dataclass(frozen=True, slots=True)
class Subject:
    """A connector and what it is tried with."""

    connector: Connector
    settings: Settings
    recorded: Sequence[Raw]  # at least one; each can be parsed
    malformed: Sequence[Raw] = ()  # each can't
    reported: Sequence[Raw] = ()  # each tells of a reply
    world: World | None = None
    echoes: bool = False  # whether our own words come back by listening
    # Whether the network takes no key and tells nothing of what was sent: then nothing can be tried again in doubt, and
    # the house, which knows it by `can_find_sent`, asks a person to look.
    forgets_keys: bool = False
    webhooks: Webhooks | None = None
    hidden: Sequence[str] = field(default=(), repr=False)  # what must never be seen; secret settings are known

    def secrets(self) -> list[str]:
        """The values that must show nowhere."""
        secret_names = {each.name for each in self.connector.fields if each.secret}
        settings: Mapping[str, Any] = self.settings
        values = [str(settings[name]) for name in secret_names if settings.get(name)]
        return [value for value in (*values, *self.hidden) if len(value) >= 4]

    def keep_secret(self, shown: str, where: str) -> None:
        """Raises `ContractBroken` if a secret stands in `shown`."""
        if any(secret in shown for secret in self.secrets()):
            raise ContractBroken(f"a secret of the settings shows in {where}")

    @contextmanager
    def quiet_errors(self) -> Iterator[None]:
        """Whatever is raised inside shows no secret."""
        try:
            yield
        except Exception as error:  # looked at, and raised again
            self.keep_secret(f"{error!r} {error}", f"the text of {type(error).__name__}")
            raise


def require(kept: bool, rule: str) -> None:
    """Raise `ContractBroken` with the rule, unless it is kept."""
    if not kept:
        raise ContractBroken(rule)


@contextmanager
def must_not_raise(rule: str) -> Iterator[None]:
    """Whatever is raised inside breaks the rule."""
    try:
        yield
    except Exception as error:
        raise ContractBroken(f"{rule}, not {error!r}") from error
