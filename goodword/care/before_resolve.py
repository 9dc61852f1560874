"""What has to be done before a case is resolved: rooms above this one know, and say so when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.models import Case


@dataclass(frozen=True, slots=True)
class Needed:
    """Something that is still to be done, in words, and the address of the page where it is."""

    words: str
    address: str


class NotYet(Exception):
    """The case can't be resolved before something else was done; the message names it."""

    def __init__(self, needed: Sequence[Needed]) -> None:
        super().__init__(_("Before it is resolved: %(what)s") % {"what": ", ".join(each.words for each in needed)})
        self.needed = needed


_readers: list[Callable[[Case], Sequence[Needed]]] = []


def ask_before_resolving(read: Callable[[Case], Sequence[Needed]]) -> None:
    """Ask `read` what a case needs, whenever one is to be resolved; called by a room's `panels` module, once."""
    _readers.append(read)


def needed_before_resolving(case: Case) -> list[Needed]:
    """All that is still to be done."""
    return [needed for read in _readers for needed in read(case)]
