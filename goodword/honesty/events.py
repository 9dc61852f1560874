"""Facts that honesty announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HonestyOverridden(Fact):
    """A reply was sent although checks spoke against it, by flag; `reason` as its writer gave it."""

    case_id: int
    flags: list[str]
    reason: str

    about = "case_id"


@dataclass(frozen=True, kw_only=True)
class HonestyRulesSaved(Fact):
    """What the checks go by was changed; what each flag does now."""

    levels: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class StatementDeclared(Fact):
    """From now on, or from its beginning, no reply may deny it."""

    statement_id: int

    about = "statement_id"


@dataclass(frozen=True, kw_only=True)
class StatementWithdrawn(Fact):
    """It is in force no more."""

    statement_id: int

    about = "statement_id"
