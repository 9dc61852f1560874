"""What a house wants of its drafts: read, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from goodword.honesty.events import HonestyRulesSaved
from goodword.honesty.flags import FLAGS, Approver, Level
from goodword.honesty.models import HouseRules, Policy
from goodword.kernel import facts
from goodword.staff.models import Agent, Workspace


def levels_of(workspace: Workspace) -> dict[str, Level]:
    """What each flag does here."""
    chosen = dict(Policy.objects.of(workspace).values_list("flag", "level"))
    return {name: Level(chosen.get(name, flag.level)) for name, flag in FLAGS.items()}


def house_rules(workspace: Workspace) -> HouseRules:
    """The words and figures that checks go by here; unsaved where nobody changed them."""
    return HouseRules.objects.of(workspace).first() or HouseRules(workspace=workspace)


@transaction.atomic
def save_honesty_rules(
    *,
    workspace: Workspace,
    levels: Mapping[str, Level],
    confidential: str,
    same_hours: int,
    same_cases: int,
    most_offers: int,
    offer_days: int,
    feed_offers: int,
    feed_days: int,
    approver: Approver,
    by: Agent | None,
    now: datetime,
) -> None:
    """Keep what each flag does from now on, and what the checks go by. `confidential` is a word or phrase a line."""
    for flag, level in levels.items():
        Policy.objects.update_or_create(workspace=workspace, flag=flag, defaults={"level": level})
    HouseRules.objects.update_or_create(
        workspace=workspace,
        defaults={
            "confidential": confidential,
            "same_hours": same_hours,
            "same_cases": same_cases,
            "most_offers": most_offers,
            "offer_days": offer_days,
            "feed_offers": feed_offers,
            "feed_days": feed_days,
            "approver": approver,
        },
    )
    fact = HonestyRulesSaved(workspace_id=workspace.pk, levels={flag: level.value for flag, level in levels.items()})
    facts.record(fact, now=now, actor_id=by.pk if by else None)
