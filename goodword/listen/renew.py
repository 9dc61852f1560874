"""Tokens that end are renewed before they do; whoever listens goes on from the cursor with the new ones."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from goodword.connectors.authorizing import Authorizes
from goodword.connectors.contract import Refused, Retry
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.seal import SealBroken, seal, unseal
from goodword.listen.connector_failure import note_failure
from goodword.listen.models import Source

log = logging.getLogger(__name__)


def renew_tokens(*, now: datetime) -> int:
    """Of every source that shall be heard; how many were renewed. One that can't be is tried again the next time."""
    return sum(_renew(source, now) for source in Source.objects.filter(state__in=Source.WANTED))


def _renew(source: Source, now: datetime) -> bool:
    try:
        connector = source.connector
        if not isinstance(connector, Authorizes):
            return False
        obtained = connector.renew(settings=source.full_settings(), now=now)
    except (UnknownConnector, BrokenConnector, SealBroken):
        return False  # said where it is listened to
    except (Refused, Retry) as error:
        log.warning("source %s: its token could not be renewed: %s", source.pk, error)
        return False
    except Exception as error:  # noqa: BLE001  # third-party code: the other sources' tokens are renewed all the same
        note_failure(error, source_id=source.pk, doing="renewing a token")
        return False
    return obtained is not None and _keep(source, obtained)


@transaction.atomic
def _keep(source: Source, obtained: Mapping[str, str]) -> bool:
    row = Source.objects.select_for_update().filter(pk=source.pk).first()
    if row is None or bytes(row.sealed_secrets) != bytes(source.sealed_secrets):
        return False  # somebody deleted it, or signed in, meanwhile
    row.sealed_secrets = seal({**unseal(bytes(row.sealed_secrets)), **obtained})
    row.save(update_fields=["sealed_secrets"])
    return True
