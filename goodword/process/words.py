"""How the process speaks of what it times."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.process.rules.due import Happened
from goodword.process.rules.stretches import Timed


def name_of(timed: str) -> str:
    """What a clock is called."""
    return {
        Timed.FIRST.value: _("First answer"),
        Timed.NEXT.value: _("Next answer"),
        Timed.RESOLUTION.value: _("Resolution"),
    }[timed]


def event_names() -> dict[str, str]:
    """What happens to a clock, in words."""
    return {
        Happened.ACTIVATE.value: _("begun"),
        Happened.PAUSE.value: _("paused: we wait for the customer"),
        Happened.RESUME.value: _("goes on"),
        Happened.FULFIL.value: _("done"),
        Happened.BREACH.value: _("late"),
        Happened.DROP.value: _("not awaited any more"),
    }
