"""Write down how teams get and share cases, and what agents can do; switch routing on and off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.check_condition import LONGEST_WORD, MOST_WORDS, read_words, too_many_words
from goodword.process.events import AbilitySaved, RoutingChanged
from goodword.process.models import Ability, RoutingPlan
from goodword.process.rules.condition import Condition
from goodword.process.rules.spoken import folded
from goodword.staff.models import Agent, Role, Team, Workspace
from goodword.staff.who_may import who_may

MOST_NEEDS, MOST_OPEN = 20, 1000


class BadRouting(Exception):
    """What was written can't be kept; `problems` gives the reason by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """A plan as it is typed. `words` with commas between them; `needs` one a line: `skill: word, word`."""

    condition: Condition = field(default_factory=Condition)
    words: str = ""
    takes_all: bool = False
    share: str = RoutingPlan.Share.LEAST_LOADED.value
    keeps_person: bool = True
    needs: str = ""
    overflow_id: int | None = None
    person_id: int | None = None  # to whom all of it goes straight


@transaction.atomic
def save_plan(*, team: Team, written: WrittenPlan, by: Agent | None, now: datetime) -> RoutingPlan:
    """How `team` gets and shares cases; a new plan is switched off. Raises `BadRouting`."""
    problems: dict[str, str] = {}
    words = _read_words(written.words, "words", problems)
    needs = _read_needs(written.needs, problems)
    overflow = Team.objects.of(team.workspace_id).filter(pk=written.overflow_id or 0).first()
    if written.overflow_id is not None and overflow in (None, team):
        problems["overflow"] = _("Choose another team of this workspace.")
    if written.person_id is not None and not _answers(team, written.person_id):
        problems["person"] = _("This person answers nobody here. Choose somebody else.")
    if written.share not in RoutingPlan.Share.values:
        problems["share"] = _("Choose how the team shares.")
    if not 0 <= written.condition.min_risk <= 100:
        problems["min_risk"] = _("The risk is a number from 0 to 100.")
    if problems:
        raise BadRouting(problems)
    kept = _plan_of(team)
    kept.condition, kept.words, kept.takes_all = written.condition.as_json(), words, written.takes_all
    kept.share, kept.keeps_person, kept.needs, kept.overflow = written.share, written.keeps_person, needs, overflow
    kept.person_id = written.person_id
    kept.save()
    _record(kept, by, now)
    return kept


def _answers(team: Team, agent_id: int) -> bool:
    return who_may(Role.AGENT, workspace=team.workspace_id).filter(pk=agent_id).exists()


def _plan_of(team: Team) -> RoutingPlan:
    found = RoutingPlan.objects.of(team.workspace_id).select_for_update().filter(team=team).first()
    if found is not None:
        return found
    last = RoutingPlan.objects.of(team.workspace_id).aggregate(last=Max("place"))["last"]
    return RoutingPlan(workspace_id=team.workspace_id, team=team, place=0 if last is None else last + 1)


@transaction.atomic
def switch_plan(*, plan: RoutingPlan, on: bool, by: Agent | None, now: datetime) -> RoutingPlan:
    """Cases that come from now on are given out by it; or none any more."""
    kept = RoutingPlan.objects.select_for_update().get(pk=plan.pk)
    if (kept.on_since is not None) != on:
        kept.on_since = now if on else None
        kept.save(update_fields=["on_since"])
        _record(kept, by, now)
    return kept


@transaction.atomic
def save_ability(
    *, workspace: Workspace, agent: Agent, skills: str, languages: str, most_open: int, by: Agent | None, now: datetime
) -> Ability:
    """What `agent` can do: skills, and languages by their codes ("en, de"), with commas. Raises `BadRouting`."""
    problems: dict[str, str] = {}
    read_skills = _read_words(skills, "skills", problems)
    codes = sorted({code.strip().lower() for code in languages.split(",") if code.strip()})
    if any(not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3) for code in codes):
        problems["languages"] = _("Write languages by their codes, like en, de, fr.")
    if not 1 <= most_open <= MOST_OPEN:
        problems["most_open"] = _("Write a number from 1 to %(most)d.") % {"most": MOST_OPEN}
    if problems:
        raise BadRouting(problems)
    said: dict[str, Any] = {"skills": read_skills, "languages": codes, "most_open": most_open}
    kept, _created = Ability.objects.update_or_create(workspace=workspace, agent=agent, defaults=said)
    record(AbilitySaved(workspace_id=workspace.pk, agent_id=agent.pk), now=now, actor_id=by.pk if by else None)
    return kept


def _read_words(written: str, name: str, problems: dict[str, str]) -> list[str]:
    words = list(read_words(written))
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        problems[name] = too_many_words()
    return words


def _read_needs(written: str, problems: dict[str, str]) -> list[dict[str, Any]]:
    needs = []
    for number, line in enumerate(filter(str.strip, written.splitlines()), start=1):
        skill, colon, words = line.partition(":")
        read = _read_words(words, "needs", problems)
        if not colon or not folded(skill) or not read:
            problems["needs"] = _("Line %(n)d: write a skill, a colon, and words: billing: refund, invoice") % {
                "n": number
            }
            break
        needs.append({"skill": folded(skill), "words": read})
    if len(needs) > MOST_NEEDS:
        problems["needs"] = _("At most %(most)d lines.") % {"most": MOST_NEEDS}
    return needs


def write_needs(plan: RoutingPlan) -> str:
    """As `save_plan` reads them."""
    return "\n".join(f"{need['skill']}: {', '.join(need['words'])}" for need in plan.needs)


def _record(plan: RoutingPlan, by: Agent | None, now: datetime) -> None:
    fact = RoutingChanged(workspace_id=plan.workspace_id, team_id=plan.team_id, on=plan.on_since is not None)
    record(fact, now=now, actor_id=by.pk if by else None)
