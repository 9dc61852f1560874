"""Networks that take our address by a call are told it, again and again: one that forgets it would say nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.connectors.contract import Refused, Retry
from goodword.connectors.receiving import Subscribes
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.seal import SealBroken
from goodword.listen.connector_failure import note_failure
from goodword.listen.gaps import close_gap, open_gap
from goodword.listen.models import Source


def subscribe_all(*, now: datetime) -> None:
    """Every source that shall be heard and whose network takes our address."""
    for source in Source.objects.filter(state__in=Source.WANTED):
        subscribe(source=source, now=now)


def subscribe(*, source: Source, now: datetime) -> None:
    """Have the network tell this source. Where it can't be reached, that is a gap, until it can."""
    try:
        connector = source.connector
        if not isinstance(connector, Subscribes) or source.state not in Source.WANTED:
            return
        if not connector.subscribes(source.settings):
            _note_success(source, now, is_subscribed=False)  # a gap of an address that was taken out would never end
            return
        connector.subscribe(settings=source.full_settings())
    except (UnknownConnector, BrokenConnector, SealBroken):
        return  # said where its page shows it
    except (Refused, Retry) as error:
        open_gap(source=source, reason=str(error), state=Source.State.FAILING, now=now)
    except Exception as error:  # noqa: BLE001  # third-party code: the other sources are subscribed all the same
        reason = note_failure(error, source_id=source.pk, doing="subscribing")
        open_gap(source=source, reason=reason, state=Source.State.FAILING, now=now)
    else:
        _note_success(source, now, is_subscribed=True)


@transaction.atomic
def _note_success(source: Source, now: datetime, *, is_subscribed: bool) -> None:
    """Whether what was said meanwhile is told after all is the network's to say: the gap is not called filled."""
    row = Source.objects.filter(pk=source.pk)
    if row.filter(state=Source.State.FAILING).update(state=Source.State.LISTENING, error=""):
        close_gap(source=source, filled=False, now=now)
    if is_subscribed:
        row.update(last_alive_at=now)
