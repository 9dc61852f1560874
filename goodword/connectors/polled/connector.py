"""An address with JSON or CSV as a connector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Field,
    Heard,
    Malformed,
    Raw,
    Refused,
    Settings,
    Step,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.polled import checking, items, listening
from goodword.connectors.polled.place import FIELDS, read_place


class PolledAddress:
    """One address that is looked at now and then."""

    key = "polled"
    label = _("Address with JSON or CSV")
    fields: Sequence[Field] = FIELDS
    steps: Sequence[Step] = (
        Step(_("Find the address under which your shop or platform gives its reviews or messages as JSON or CSV.")),
        Step(_("Test it: what stands in it is shown with its paths. Enter those of the text, the author, the time.")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Not answered from here."""
        return Capabilities(public=settings.get("private") != "yes", icon="refresh-cw")

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        try:
            return (items.parse(raw, settings),)
        except Refused as error:
            raise Malformed(str(error)) from error

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """What is new there. Raises `Retry` and `Refused`."""
        return listening.listen(read_place(settings), cursor, stop, now)

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Fetch it once, and try the mapping; keeps nothing."""
        return tuple(checking.check(settings))
