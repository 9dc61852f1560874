"""Facts that triage announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AreaSaved(Fact):
    """An area of the taxonomy was made or changed."""

    area_id: int
    name: str

    about = "area_id"


@dataclass(frozen=True, kw_only=True)
class CauseRetired(Fact):
    """A cause is given to no further case."""

    cause_id: int
    name: str

    about = "cause_id"


@dataclass(frozen=True, kw_only=True)
class CauseSaved(Fact):
    """A cause was made, renamed, moved to another area, or taken into use again."""

    cause_id: int
    name: str

    about = "cause_id"
