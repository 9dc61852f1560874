"""How a call to a network ends, where it doesn't end well. Each says whether trying again can help."""

from __future__ import annotations

from datetime import timedelta


class Malformed(Exception):
    """A raw item that can't be understood. It is kept, with this reason, and the rest goes on."""


class Refused(Exception):
    """Final: trying again can't help. The message is for the agent who reads it.

    `perhaps_passing`: it may be another who says so for a while, e.g. a proxy with a page of its own, or a name that
    leads elsewhere. Who waits for one answer is refused; a source that was heard before is listened to again later.
    """

    def __init__(self, reason: str = "", *, perhaps_passing: bool = False) -> None:
        super().__init__(reason)
        self.perhaps_passing = perhaps_passing


class Retry(Exception):
    """For now: try again, not before `after`."""

    def __init__(self, reason: str, *, after: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(reason)
        self.after = after


class Uncertain(Exception):
    """The request may or may not have reached the network: ask `find_sent` before anything is sent again."""
