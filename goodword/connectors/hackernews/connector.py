"""Hacker News as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from goodword.connectors.contract import Capabilities, Check, Cursor, Delivery, Field, Heard, Raw, Settings, Step
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.hackernews import checking, listening
from goodword.connectors.hackernews.parse import parse
from goodword.connectors.hackernews.place import FIELDS, read_place


class HackerNews:
    """Searches over all stories and comments."""

    key = "hackernews"
    label = _("Hacker News")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(
            _("Nothing needs to be created there. Try your words first: names that are common words find a lot."),
            address="https://hn.algolia.com/?dateRange=pastMonth&sort=byDate",
        ),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Public. There is no way to answer but the site's own, to which each item links."""
        return Capabilities(authors_proven=True, icon="message-square-text")

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return (parse(raw),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What the searches find. Raises `Retry` and `Refused`."""
        return listening.listen(read_place(settings), cursor, stop, now)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Search once; keeps nothing."""
        return tuple(checking.check(settings))
