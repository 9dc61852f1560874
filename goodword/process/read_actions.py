"""Actions as a form writes them: what there is to choose, and what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.care.models import Label, Priority
from goodword.kernel.ids import read_id
from goodword.process.rules.actions import Action, Do, contradiction
from goodword.process.rules.durations import BadDuration, read_minutes, write_minutes
from goodword.process.rules.ladder import ASSIGNEE, LEADS, TEAM
from goodword.staff.models import Role, Team, Workspace
from goodword.staff.who_may import who_may

MOST = 8
LONGEST_WORDS = 2_000
_LONGEST_SLEEP = 366 * 24 * 60  # minutes

Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Of a select: groups of (value, label)."""


@dataclass(frozen=True, slots=True)
class WrittenAction:
    """An action as it is typed: what was chosen ("team:3"), and words: of a note or a notice, or how long to sleep."""

    choice: str
    words: str = ""


def action_choices(workspace: Workspace, allowed: Collection[Do]) -> Choices:
    """Everything that can be done here, by kind."""
    teams = [(str(pk), name) for pk, name in Team.objects.of(workspace).order_by("name").values_list("pk", "name")]
    people = [(str(agent.pk), str(agent)) for agent in who_may(Role.AGENT, workspace=workspace)]
    labels = [(str(pk), name) for pk, name in Label.objects.of(workspace).order_by("name").values_list("pk", "name")]
    groups: list[tuple[str, Do, list[tuple[str, str]]]] = [
        (_("Give it to a team"), Do.TEAM, teams),
        (_("Give it to somebody"), Do.PERSON, people),
        (_("Add a label"), Do.ADD_LABEL, labels),
        (_("Take a label off"), Do.REMOVE_LABEL, labels),
        (_("Set the priority"), Do.PRIORITY, [(str(value), str(label)) for value, label in Priority.choices]),
        (_("Tell, with these words"), Do.TELL, [*_groups_of_people().items(), *people]),
        (_("Else"), Do.NOTE, [("", _("leave an internal note"))]),
        (_("Else"), Do.SNOOZE, [("", _("let it sleep for (e.g. 2 d)"))]),
        (_("Else"), Do.RESOLVE, [("", _("resolve it, without asking"))]),
        (_("Else"), Do.HOLD, [("", _("hold its replies for approval (words: why)"))]),
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for heading, do, choices in groups:
        if do in allowed and choices:
            values = [(f"{do.value}:{value}".removesuffix(":"), label) for value, label in choices]
            found.setdefault(heading, []).extend(values)
    return list(found.items())


def _groups_of_people() -> dict[str, str]:
    return {ASSIGNEE: _("whose case it is"), TEAM: _("its team"), LEADS: _("who leads")}


def read_actions(
    workspace: Workspace, written: Sequence[WrittenAction], allowed: Collection[Do], problems: dict[str, str]
) -> list[Action]:
    """What was chosen; what is none is told in `problems`, as `action-0` and so on, or `actions`."""
    names = {value: label for _heading, choices in action_choices(workspace, allowed) for value, label in choices}
    actions, places = [], []
    for place, each in enumerate(written):
        if not each.choice:
            continue
        try:
            actions.append(_read(each, names))
            places.append(place)
        except _NoAction as error:
            problems[f"action-{place}"] = str(error)
    if len(actions) > MOST:
        problems["actions"] = _("At most %(most)d actions.") % {"most": MOST}
    elif not actions and not any(name.startswith("action-") for name in problems):
        problems["actions"] = _("Say what is to be done.")
    elif pair := contradiction(actions):
        problems[f"action-{places[pair[1]]}"] = _("This undoes action %(n)d.") % {"n": places[pair[0]] + 1}
    return actions


class _NoAction(Exception):
    """Not one of those that there are, or without what it needs."""


def _read(written: WrittenAction, names: Mapping[str, str]) -> Action:
    name = names.get(written.choice)
    if name is None:
        raise _NoAction(_("This is no more, or can't be done here. Choose another."))
    kind, _colon, value = written.choice.partition(":")
    do, words = Do(kind), written.words.strip()
    if len(words) > LONGEST_WORDS:
        raise _NoAction(_("At most %(most)d characters.") % {"most": LONGEST_WORDS})
    if do == Do.NOTE and not words:
        raise _NoAction(_("Write what the note says."))
    if do == Do.SNOOZE:
        return Action(do, _minutes(words), words)
    of = read_id(value)
    return Action(do, value if of is None else of, name, words if do in (Do.NOTE, Do.TELL, Do.HOLD) else "")


def _minutes(words: str) -> int:
    try:
        minutes = read_minutes(words)
    except BadDuration as error:
        raise _NoAction(str(error)) from error
    if not minutes or minutes > _LONGEST_SLEEP:
        raise _NoAction(_("Say how long it sleeps: 3 h, or 2 d."))
    return minutes


def write_action(action: Action) -> WrittenAction:
    """As `read_actions` reads it."""
    if action.do == Do.SNOOZE:
        return WrittenAction(action.do.value, write_minutes(int(action.of)))
    of = f"{action.do.value}:{action.of}" if action.of != "" else action.do.value
    return WrittenAction(of, action.words)


def told(do: str, name: str) -> str:
    """An action that was done, or is to be, in a few words: "label refund"."""
    named = {
        Do.TEAM.value: _("team %(name)s"),
        Do.PERSON.value: _("given to %(name)s"),
        Do.ADD_LABEL.value: _("label %(name)s"),
        Do.REMOVE_LABEL.value: _("label %(name)s taken off"),
        Do.PRIORITY.value: _("priority %(name)s"),
        Do.TELL.value: _("told: %(name)s"),
        Do.SNOOZE.value: _("sleeps for %(name)s"),
        Do.NOTE.value: _("an internal note"),
        Do.RESOLVE.value: _("resolved"),
        Do.HOLD.value: _("its replies wait for approval"),
    }[do]
    return named % {"name": name} if "%(name)s" in named else named
