"""What other rooms show beside a case: they stand above this one and hand in their panels when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from goodword.care.models import Case
from goodword.staff.models import Membership


@dataclass(frozen=True, slots=True)
class Panel:
    """A section beside a case. `read` gives what `template` needs, or None where there is nothing to show."""

    heading: Promise  # translated when it is shown
    template: str
    read: Callable[[Case, Membership, datetime], dict[str, Any] | None]
    rank: int  # smaller stands higher


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with what it says of one case."""

    heading: Promise
    template: str
    context: dict[str, Any]


_panels: list[Panel] = []


def show_beside_cases(panel: Panel) -> None:
    """Show it beside every case from now on; called by a room's `panels` module, once."""
    _panels.append(panel)
    _panels.sort(key=lambda one: one.rank)


def panels_of(case: Case, *, membership: Membership, now: datetime) -> list[ShownPanel]:
    """The panels that have something to say of this case."""
    read = ((panel, panel.read(case, membership, now)) for panel in _panels)
    return [ShownPanel(panel.heading, panel.template, context) for panel, context in read if context is not None]
