"""Who has a case open, and who is writing in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.care.models import Case, Presence
from goodword.kernel import live
from goodword.staff.models import Agent

COUNTS_FOR = timedelta(seconds=30)


def look_in(*, case: Case, agent: Agent, writing: bool, now: datetime) -> list[Presence]:
    """Say that `agent` has the case open; who else does. Pages repeat it every 10 to 20 s."""
    presences = Presence.objects.of(case.workspace_id).filter(case=case)
    present = presences.filter(seen_at__gt=now - COUNTS_FOR)
    before = present.filter(agent=agent).first()
    presences.update_or_create(
        case=case,
        agent=agent,
        defaults={"writing": writing, "seen_at": now},
        create_defaults={"workspace_id": case.workspace_id, "writing": writing, "seen_at": now},
    )
    if before is None or before.writing != writing:
        live.announce(case.workspace_id, "Presence", f"case:{case.pk}")
    return list(present.exclude(agent=agent).select_related("agent").order_by("agent__name", "pk"))


def forget_absent(*, now: datetime) -> None:
    """Delete what no longer counts, of all workspaces."""
    Presence.objects.filter(seen_at__lte=now - COUNTS_FOR).delete()
