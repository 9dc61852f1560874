"""What was sent although a check spoke against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.functional import Promise

from goodword.honesty.flags import FLAGS, Level
from goodword.honesty.models import SentOver
from goodword.honesty.policy import levels_of
from goodword.staff.models import Workspace

LATEST = 30


@dataclass(frozen=True, slots=True)
class FlagReport:
    """A flag, what it does, and how many drafts it was found in and that were sent all the same."""

    name: str
    label: str | Promise
    level: Level
    sent_over: int


def flag_reports(workspace: Workspace, *, since: datetime, until: datetime) -> list[FlagReport]:
    """Each flag, in its order."""
    sent = SentOver.objects.of(workspace).standing().filter(at__gte=since, at__lt=until)
    counts = dict(sent.values_list("flag").annotate(n=Count("pk")))
    levels = levels_of(workspace)
    return [FlagReport(name, flag.label, levels[name], counts.get(name, 0)) for name, flag in FLAGS.items()]


def latest_sent_over(workspace: Workspace, *, flag: str = "") -> Sequence[SentOver]:
    """The latest, of one flag if it is named."""
    sent = SentOver.objects.of(workspace).standing().select_related("agent")
    if flag in FLAGS:
        sent = sent.filter(flag=flag)
    return list(sent.order_by("-at", "-pk")[:LATEST])
