"""What rooms above keep of a case goes along where its messages go: into another case, or into one of their own."""

from __future__ import annotations

from collections.abc import Callable

from goodword.care.models import Case

Mover = Callable[[Case, Case], None]
"""From the case that messages leave and the one they come to; both are locked, in the transaction that moves them."""

_movers: list[Mover] = []


def when_messages_move(move: Mover) -> None:
    """Call `move` whenever cases are merged or split, and when a split is undone; by a room's `panels`, once."""
    _movers.append(move)


def take_along(origin: Case, target: Case) -> None:
    """Let each room take along what is its own."""
    for move in _movers:
        move(origin, target)
