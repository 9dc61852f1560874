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


@dataclass(frozen=True, kw_only=True)
class RiskVersionFact(Fact):
    """Something about a way to weigh risk."""

    version_id: int
    number: int

    about = "version_id"


@dataclass(frozen=True, kw_only=True)
class RiskVersionSwitched(RiskVersionFact):
    """Risk is weighed by this version from now on."""


@dataclass(frozen=True, kw_only=True)
class RiskVersionTried(RiskVersionFact):
    """A version was tried on the past."""


@dataclass(frozen=True, kw_only=True)
class RiskVersionWritten(RiskVersionFact):
    """Another way to weigh risk was written down; it weighs nothing yet."""

    why: str
