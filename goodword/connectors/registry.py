"""Finds connectors by key, in-tree and third-party alike, and loads each on first use.

A third party registers a class under the entry-point group `goodword.connectors`; the entry point's name is the
connector's key. Ours are registered the same way, and listed here too, so that a checkout whose installed metadata is
older than its code still finds them.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from goodword.connectors.contract import Connector

GROUP = "goodword.connectors"

IN_TREE = {
    "bluesky": "goodword.connectors.bluesky.connector:Bluesky",
    "chat": "goodword.connectors.chat.connector:WebChat",
    "feed": "goodword.connectors.feed.connector:FeedConnector",
    "hackernews": "goodword.connectors.hackernews.connector:HackerNews",
    "mail": "goodword.connectors.mail.connector:Mail",
    "mastodon": "goodword.connectors.mastodon.connector:Mastodon",
    "meta": "goodword.connectors.meta.connector:MetaPage",
    "polled": "goodword.connectors.polled.connector:PolledAddress",
    "recorded": "goodword.connectors.recorded.connector:RecordedFile",
    "reddit": "goodword.connectors.reddit.connector:Reddit",
    "simulator": "goodword.connectors.simulator.connector:Simulator",
    "telegram": "goodword.connectors.telegram.connector:Telegram",
    "twilio": "goodword.connectors.twilio.connector:Twilio",
    "webhook": "goodword.connectors.webhook.connector:SignedWebhook",
    "x": "goodword.connectors.x.connector:X",
}


class UnknownConnector(LookupError):
    """No installed connector has this key."""


class BrokenConnector(RuntimeError):
    """A connector is registered, but can't be loaded or doesn't keep to the contract."""


@cache
def _registered() -> dict[str, EntryPoint]:
    found = {key: EntryPoint(key, path, GROUP) for key, path in IN_TREE.items()}
    for entry_point in entry_points(group=GROUP):
        found.setdefault(entry_point.name, entry_point)  # nobody takes the place of an in-tree connector
    return found


def keys() -> tuple[str, ...]:
    """The keys of all connectors, sorted; imports none of them."""
    return tuple(sorted(_registered()))


@cache
def connector(key: str) -> Connector:
    """The connector of this key; the same object each time.

    Raises `UnknownConnector`, or `BrokenConnector` with what to mend.
    """
    entry_point = _registered().get(key)
    if entry_point is None:
        raise UnknownConnector(f"No connector is called {key!r}. Installed: {', '.join(keys())}.")
    try:
        made = entry_point.load()()
    except Exception as error:  # third-party code is imported here and may raise anything
        raise BrokenConnector(f"The connector {key!r} ({entry_point.value}) can't be loaded: {error}") from error
    if not isinstance(made, Connector) or made.key != key:
        raise BrokenConnector(f"{entry_point.value} is registered as {key!r} but is not a connector of that key.")
    return made
