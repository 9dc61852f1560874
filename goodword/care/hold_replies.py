"""What keeps a reply back until somebody else has seen it: rooms above this one know, and say so when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goodword.care.models import Case
from goodword.honesty.inspect import Found
from goodword.staff.models import Agent

Reader = Callable[[Case, Sequence[Found], Agent], str]
"""From the case, what was found in the reply, and its writer: why it has to wait, in words; empty if it need not."""

_readers: list[Reader] = []


def ask_before_sending(read: Reader) -> None:
    """Ask `read` whenever a person sends a reply; called by a room's `panels` module, once."""
    _readers.append(read)


def why_to_hold(case: Case, found: Sequence[Found], writer: Agent) -> str:
    """The first reason there is."""
    return next((why for read in _readers if (why := read(case, found, writer))), "")
