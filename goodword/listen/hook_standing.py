"""The address at which a network tells a source what was said, and what was refused there lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.connectors.receiving import Proof, Receives, Subscribes
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.listen.hook_keys import hook_address
from goodword.listen.models import HookRefusal, Source

_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class HookStanding:
    """As the source's page shows it."""

    address: str  # for admins alone: where nothing else proves the network, who knows it is believed
    is_all_proof: bool
    is_entered: bool
    refusals: Sequence[HookRefusal]


def hook_standing_of(source: Source, now: datetime) -> HookStanding | None:
    """None where no network tells this source anything."""
    try:
        connector = source.connector
    except (UnknownConnector, BrokenConnector):
        return None
    if not isinstance(connector, Receives):
        return None
    since = (now - _SHOWN).date()
    return HookStanding(
        address=hook_address(source.pk),
        is_all_proof=connector.webhook.proof is Proof.ADDRESS,
        is_entered=connector.webhook.is_entered and not _subscribes(connector, source),
        refusals=list(HookRefusal.objects.filter(source=source, day__gte=since).order_by("-last_at")),
    )


def _subscribes(connector: Receives, source: Source) -> bool:
    return isinstance(connector, Subscribes) and connector.subscribes(source.settings)
