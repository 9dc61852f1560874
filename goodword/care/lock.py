"""The lock that every verb on a case takes first, so that two of them never write at once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.care.models import Case


class MergedAway(Exception):
    """The case went into another one, which now stands for both."""

    def __init__(self, into: Case) -> None:
        super().__init__(_("This case is part of #%(number)s now. Go on there.") % {"number": into.number})
        self.into = into


def lock_case(case: Case) -> Case:
    """The row as it stands now, locked until the transaction ends. Raises `MergedAway`."""
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.merged_into_id is not None:
        raise MergedAway(standing_case(locked))
    return locked


def lock_standing(case: Case) -> Case:
    """The case that stands for `case` now, locked until the transaction ends; it may be merged while we wait."""
    while True:
        try:
            return lock_case(standing_case(case))
        except MergedAway as merged:
            case = merged.into


def standing_case(case: Case) -> Case:
    """The case that `case` was merged into, if need be over several steps; itself if it wasn't."""
    while case.merged_into is not None:
        case = case.merged_into
    return case
