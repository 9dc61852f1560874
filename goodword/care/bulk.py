"""One change on many cases, told in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.care.assign import CannotTakeCases
from goodword.care.before_resolve import NotYet
from goodword.care.label import BadLabel
from goodword.care.lock import MergedAway
from goodword.care.models import Case
from goodword.care.snooze import CannotSnooze
from goodword.staff.models import Workspace

MOST = 1_000
_FORESEEN = (BadLabel, CannotSnooze, CannotTakeCases, MergedAway, NotYet)


class TooMany(Exception):
    """More cases than are changed at once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many were changed, and why others were not: reason → how many."""

    changed: int
    skipped: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """One line for whoever asked."""
        done = ngettext("%(n)d case changed.", "%(n)d cases changed.", self.changed) % {"n": self.changed}
        if not self.skipped:
            return done
        left = sum(self.skipped.values())
        reasons = " ".join(f"({count}) {reason}" for reason, count in self.skipped.items())
        return f"{done} {ngettext('%(n)d skipped:', '%(n)d skipped:', left) % {'n': left}} {reasons}"


def change_cases(*, workspace: Workspace, numbers: Collection[int], change: Callable[[Case], object]) -> Outcome:
    """Call `change`, a verb with its other arguments filled in, for each case, e.g.
    `lambda case: set_priority(case=case, by=agent, priority=Priority.HIGH, now=now)`.

    Each case is changed in its own transaction: none waits for a thousand others, and doing it again after an
    interruption does the rest. What a verb refuses is skipped with its reason. Raises `TooMany`.
    """
    wanted = set(numbers)
    if len(wanted) > MOST:
        raise TooMany(_("Choose at most %(most)d cases at once.") % {"most": MOST})
    cases = list(Case.objects.of(workspace).filter(number__in=wanted).order_by("number"))
    skipped: Counter[str] = Counter()
    if missing := len(wanted) - len(cases):
        skipped[_("There is no such case.")] = missing
    changed = 0
    for case in cases:
        try:
            change(case)
            changed += 1
        except _FORESEEN as refused:
            skipped[str(refused)] += 1
    return Outcome(changed, skipped)
