"""What a network told us at a source's address: taken, or refused and counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from goodword.connectors.charging import Charges
from goodword.connectors.contract import Raw
from goodword.connectors.receiving import NotTaken, Received, Receives, Refusal, WebhookRequest
from goodword.connectors.storable import storable_text
from goodword.kernel.seal import SealBroken
from goodword.listen.connector_failure import note_failure
from goodword.listen.intake import Taken, store_raws
from goodword.listen.jobs import wake
from goodword.listen.locks import Step, take_turn
from goodword.listen.models import HookRefusal, Source
from goodword.listen.silence import note_heard
from goodword.listen.sources import is_listened_to
from goodword.listen.spend import spend

REFUSALS_KEPT = timedelta(days=90)
_LONGEST_DETAIL = 300  # characters


def receive(*, source: Source, request: WebhookRequest) -> Received:
    """Let the connector look at a request, and store what it brings. Raises `NotTaken`, after counting it."""
    try:
        received = _looked_at(source, request)
    except NotTaken as refusal:
        count_refusal(source=source, why=refusal.why, detail=str(refusal), now=request.at)
        raise
    if received.raws:
        taken = take_received(source=source, raws=received.raws, now=request.at)
        if taken.new:
            _pay(source, received, request.at)
            wake(source.pk)
    return received


def _looked_at(source: Source, request: WebhookRequest) -> Received:
    connector = source.connector
    assert isinstance(connector, Receives)
    if source.state == Source.State.STOPPED:
        raise NotTaken(Refusal.STOPPED)
    if request.method not in connector.webhook.methods:
        raise NotTaken(Refusal.WRONG_METHOD, request.method)
    if len(request.body) > connector.webhook.max_bytes:
        raise NotTaken(Refusal.TOO_LARGE, str(len(request.body)))
    try:
        return _proven(source, connector, request)
    except (NotTaken, SealBroken):
        raise
    except Exception as error:  # third-party code: the network must get an answer, and the admin a reason
        reason = note_failure(error, source_id=source.pk, doing="receiving")
        raise NotTaken(Refusal.FAULTY, reason) from error


def _pay(source: Source, received: Received, now: datetime) -> None:
    connector = source.connector
    if isinstance(connector, Charges):
        currency = connector.prices(source.full_settings()).currency
        for expense in received.spent:
            spend(source=source, currency=currency, expense=expense, now=now)


def _proven(source: Source, connector: Receives, request: WebhookRequest) -> Received:
    """By the secret as it is or, for some hours after it was changed, as it was before."""
    try:
        return connector.receive(settings=source.full_settings(), request=request)
    except NotTaken as refusal:
        earlier = source.earlier_settings(request.at)
        if refusal.why is not Refusal.UNPROVEN or earlier is None:
            raise
    return connector.receive(settings=earlier, request=request)


@transaction.atomic
def take_received(*, source: Source, raws: tuple[Raw, ...], now: datetime) -> Taken:
    """Store what the network told; the cursor of listening stays. Items that came before are dropped."""
    take_turn(Step.INTAKE, source.pk)
    taken = store_raws(source=source, raws=[(raw, "") for raw in raws], import_run=None, now=now)
    row = Source.objects.filter(pk=source.pk)
    if taken.new:
        note_heard(source=source, last_heard_at=row.values_list("last_heard_at", flat=True).get(), now=now)
    if not is_listened_to(source):
        row.update(last_alive_at=now)
    return taken


@transaction.atomic
def count_refusal(*, source: Source, why: Refusal, detail: str = "", now: datetime) -> None:
    """Count a request that was not taken; what it said is kept nowhere."""
    day, detail = now.astimezone(UTC).date(), storable_text(detail)[:_LONGEST_DETAIL]
    row, made = HookRefusal.objects.get_or_create(
        source=source,
        day=day,
        why=why.value,
        defaults={"workspace_id": source.workspace_id, "count": 1, "last_at": now, "last_detail": detail},
    )
    if made:
        HookRefusal.objects.filter(source=source, day__lt=day - REFUSALS_KEPT).delete()
    else:
        HookRefusal.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=now, last_detail=detail)
