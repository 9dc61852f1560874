"""The closing message, which asks the customer whether it is solved. Until it has arrived, nobody was asked."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from goodword.care.delivery import ARRIVED
from goodword.care.models import Message
from goodword.connectors.contract import Purpose


def was_asked(*, by: datetime | None = None) -> Exists:
    """A condition on episodes: the network took the closing message, by that moment if one is given."""
    closing = Message.objects.filter(
        case=OuterRef("case"), episode=OuterRef("pk"), purpose=Purpose.RESOLUTION, delivery__in=ARRIVED
    )
    if by is not None:
        # What we said stands as a mention with the time at which the network took it; `at` is when it was written.
        closing = closing.alias(arrived_at=Coalesce("mention__at", "at")).filter(arrived_at__lte=by)
    return Exists(closing)
