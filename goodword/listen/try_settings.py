"""“Test it now”: what a connector says of settings. Posts nothing; what it costs is paid from the purse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from goodword.connectors.charging import ChecksForMoney, Purse
from goodword.connectors.contract import Check, Checks, Connector, Settings


def try_settings(
    *, connector: Connector, settings: Settings, purse: Purse, now: Callable[[], datetime]
) -> Sequence[Check]:
    """Line by line; nothing, of a connector that can't be tested."""
    if isinstance(connector, ChecksForMoney):
        return connector.check_within(settings=settings, now=now, purse=purse)
    return connector.check(settings=settings) if isinstance(connector, Checks) else ()
