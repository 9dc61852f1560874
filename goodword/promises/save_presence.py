"""Say to everybody when we are there and how fast we answer, take it back, and publish how we did."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goodword.kernel import facts
from goodword.promises.events import BrandPageSaved, PresencePromised, PresenceWithdrawn
from goodword.promises.models import BrandPage, PresencePromise
from goodword.staff.models import Agent, Workspace


@transaction.atomic
def save_presence(
    *,
    workspace: Workspace,
    channel: str,
    hours: str,
    answer_minutes: int,
    days_a_week: int,
    by: Agent | None,
    now: datetime,
) -> PresencePromise:
    """Promise it for a channel, in the place of what was promised for it before."""
    promise, _is_new = PresencePromise.objects.update_or_create(
        workspace=workspace,
        channel=channel,
        defaults={"hours": hours.strip(), "answer_minutes": answer_minutes, "days_a_week": days_a_week},
    )
    fact = PresencePromised(workspace_id=workspace.pk, channel=channel, answer_minutes=answer_minutes)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return promise


@transaction.atomic
def withdraw_presence(*, presence: PresencePromise, by: Agent, now: datetime) -> None:
    """Nothing is promised for the channel any more."""
    fact = PresenceWithdrawn(workspace_id=presence.workspace_id, channel=presence.channel)
    presence.delete()
    facts.record(fact, now=now, actor_id=by.pk)


@transaction.atomic
def save_brand_page(*, workspace: Workspace, shown: bool, words: str, by: Agent | None, now: datetime) -> BrandPage:
    """Let everybody read what we promised and how we did, or nobody outside."""
    page, _is_new = BrandPage.objects.update_or_create(
        workspace=workspace, defaults={"shown": shown, "words": words.strip()}
    )
    facts.record(BrandPageSaved(workspace_id=workspace.pk, shown=shown), now=now, actor_id=by.pk if by else None)
    return page
