"""Facts that the process announces."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.care.events import CaseFact
from goodword.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AbilitySaved(Fact):
    """What an agent can do was written down."""

    agent_id: int

    about = "agent_id"


@dataclass(frozen=True, kw_only=True)
class CaseRouted(CaseFact):
    """A case was given out by the plan of a team: to an agent, or (null) it waits in a team. `because` says why."""

    agent_id: int | None
    team_id: int
    because: list[list[str | int]]  # of `rules.choose.Reason`


@dataclass(frozen=True, kw_only=True)
class DeadlineMissed(CaseFact):
    """Something timed in a case was late for the first time; `due` is when it should have been (ISO 8601)."""

    timed: str
    policy: str
    due: str


@dataclass(frozen=True, kw_only=True)
class DeadlineTold(CaseFact):
    """Agents were told of a deadline, before it or after; `due` is when it falls, or fell, due (ISO 8601)."""

    timed: str
    due: str
    late: bool
    agent_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class HoldLifted(CaseFact):
    """Replies of the case go out again without somebody else's approval."""


@dataclass(frozen=True, kw_only=True)
class MacroRan(CaseFact):
    """An agent ran a macro: `did` holds [kind of action, name] (`rules.actions.Do`)."""

    macro: str
    did: list[list[str]]


@dataclass(frozen=True, kw_only=True)
class MacroUndone(CaseFact):
    """What a macro had done to a case was taken back."""

    macro: str


@dataclass(frozen=True, kw_only=True)
class MacroFact(Fact):
    """Something about a macro."""

    macro_id: int
    name: str

    about = "macro_id"


@dataclass(frozen=True, kw_only=True)
class MacroDeleted(MacroFact):
    """A macro is no more; its name, as it was."""


@dataclass(frozen=True, kw_only=True)
class MacroSaved(MacroFact):
    """A macro was written or changed."""


@dataclass(frozen=True, kw_only=True)
class PolicyFact(Fact):
    """Something about how soon we answer; open clocks are reckoned anew."""

    policy_id: int
    name: str

    about = "policy_id"


@dataclass(frozen=True, kw_only=True)
class PolicyDeleted(PolicyFact):
    """A policy is no more; its name, as it was."""


@dataclass(frozen=True, kw_only=True)
class PolicySaved(PolicyFact):
    """A policy was written, changed or put in another place."""


@dataclass(frozen=True, kw_only=True)
class PolicySwitched(PolicyFact):
    """A policy is in force from now on, or not any more."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class QualityQuestionFact(Fact):
    """Something about what answers are looked at for; the question's words, as they were."""

    question_id: int
    words: str

    about = "question_id"


@dataclass(frozen=True, kw_only=True)
class QualityQuestionRetired(QualityQuestionFact):
    """A question is asked in reviews no more."""


@dataclass(frozen=True, kw_only=True)
class QualityQuestionSaved(QualityQuestionFact):
    """A question is asked in reviews from now on."""


@dataclass(frozen=True, kw_only=True)
class QualityReviewed(Fact):
    """Somebody looked at how an agent answered a case."""

    review_id: int
    agent_id: int

    about = "review_id"


@dataclass(frozen=True, kw_only=True)
class ReplyApproved(CaseFact):
    """Somebody else has seen a held reply, and let it go."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class ReplySentBack(CaseFact):
    """Somebody else has seen a held reply, and said what is to be done otherwise."""

    message_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoutingChanged(Fact):
    """How a team gets and shares cases was written down, switched on or off; `on` as it is now."""

    team_id: int
    on: bool

    about = "team_id"


@dataclass(frozen=True, kw_only=True)
class RuleApplied(CaseFact):
    """A rule did something to a case: `did` holds [kind of action, name] (`rules.actions.Do`)."""

    rule: str
    did: list[list[str]]


@dataclass(frozen=True, kw_only=True)
class RuleFact(Fact):
    """Something about a rule."""

    rule_id: int
    name: str

    about = "rule_id"


@dataclass(frozen=True, kw_only=True)
class RuleDeleted(RuleFact):
    """A rule is no more; its name, as it was."""


@dataclass(frozen=True, kw_only=True)
class RuleFailed(CaseFact):
    """A rule could not do what it says; nothing of it was done."""

    rule: str
    fault: str


@dataclass(frozen=True, kw_only=True)
class RuleSaved(RuleFact):
    """A rule was written, changed or put in another place."""


@dataclass(frozen=True, kw_only=True)
class RuleSwitched(RuleFact):
    """A rule is on from now on, or off: by a person, or (`because`) by its faults."""

    on: bool
    because: str


@dataclass(frozen=True, kw_only=True)
class StepDeleted(Fact):
    """A step is not required any more; its name, as it was."""

    step_id: int
    name: str

    about = "step_id"


@dataclass(frozen=True, kw_only=True)
class StepSaved(Fact):
    """A step that cases require was written or changed."""

    step_id: int
    name: str

    about = "step_id"


@dataclass(frozen=True, kw_only=True)
class StepsChanged(CaseFact):
    """Required steps were done in a case, or taken back; their names, as they were then."""

    done: list[str]
    undone: list[str]


@dataclass(frozen=True, kw_only=True)
class SurveyFact(Fact):
    """Something about one question to one person; `survey` says which question."""

    survey_id: int
    survey: str

    about = "survey_id"


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(SurveyFact):
    """A customer answered, or changed the answer."""


@dataclass(frozen=True, kw_only=True)
class SurveyAsked(SurveyFact):
    """A customer is asked about the relationship."""


@dataclass(frozen=True, kw_only=True)
class SurveyPlanned(Fact):
    """So many customers are asked in seven days from now on."""

    survey: str
    a_week: int
