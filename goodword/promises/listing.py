"""The list of promises: whose, how they stand, what falls due next first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from goodword.kernel.ids import read_id
from goodword.promises.models import Promise, Standing
from goodword.staff.models import Agent, Workspace

PAGE: Final = 50

# What the page offers to show: how it is called, and the standings it holds.
SHOWN: Final[Mapping[str, tuple[Lazy, Sequence[Standing]]]] = {
    "due": (_("To be kept"), (Standing.OPEN, Standing.BROKEN)),
    "broken": (_("Broken"), (Standing.BROKEN,)),
    "said": (_("Said, not confirmed"), (Standing.SAID,)),
    "kept": (_("Kept"), (Standing.KEPT, Standing.KEPT_LATE)),
    "moved": (_("Renegotiated"), (Standing.RENEGOTIATED,)),
}
_SETTLED: Final = {"kept", "moved", "said"}  # the newest first


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for."""

    mine: bool = True
    show: str = "due"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Chosen:
        """What makes no sense is left out."""
        show = given.get("show", "")
        return cls(mine=given.get("whose") != "all", show=show if show in SHOWN else "due")

    def query(self, **changes: str) -> str:
        """The address of this choice, or of one that differs in something."""
        return urlencode({"whose": "mine" if self.mine else "all", "show": self.show} | changes)


@dataclass(frozen=True, slots=True)
class PromisePage:
    """Promises in their order, and how many come before them."""

    promises: Sequence[Promise]
    start: int
    more: bool


def chosen_promises(chosen: Chosen, *, workspace: Workspace, agent: Agent) -> QuerySet[Promise]:
    """In their order: what falls due next first, what is settled by when it was made."""
    found = Promise.objects.of(workspace).filter(standing__in=SHOWN[chosen.show][1])
    if chosen.mine:
        found = found.filter(owner=agent)
    order = ("-made_at", "-id") if chosen.show in _SETTLED else (F("due_at").asc(nulls_last=True), "id")
    return found.select_related("owner", "person").prefetch_related("person__identities").order_by(*order)


def promise_page(chosen: Chosen, *, workspace: Workspace, agent: Agent, start: str = "") -> PromisePage:
    """A page of the list, from the `start`th on."""
    first = min(read_id(start) or 0, 100_000)
    found = list(chosen_promises(chosen, workspace=workspace, agent=agent)[first : first + PAGE + 1])
    return PromisePage(found[:PAGE], first, len(found) > PAGE)
