"""Write macros down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.kernel.facts import record
from goodword.process.events import MacroDeleted, MacroSaved
from goodword.process.models import Macro
from goodword.process.read_actions import WrittenAction, read_actions
from goodword.process.rules.actions import MACROS_DO
from goodword.staff.models import Agent, Workspace

MOST = 100
KEYS = tuple(range(1, 10))


class BadMacro(Exception):
    """What was written can't be a macro; `problems` gives the reason by field. Nothing of it was kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMacro:
    """A macro as it is typed; `key` is a digit, or None."""

    name: str
    key: int | None = None
    actions: Sequence[WrittenAction] = ()


@transaction.atomic
def save_macro(
    *, workspace: Workspace, written: WrittenMacro, macro: Macro | None = None, by: Agent | None, now: datetime
) -> Macro:
    """A new macro, or `macro` changed. Raises `BadMacro`."""
    problems: dict[str, str] = {}
    name = " ".join(written.name.split())
    others = Macro.objects.of(workspace).exclude(pk=macro.pk if macro else 0)
    if not 0 < len(name) <= (Macro._meta.get_field("name").max_length or 0):
        problems["name"] = _("Give it a name, of 60 characters at most.")
    elif macro is None and others.count() >= MOST:
        problems["name"] = _("A workspace has %(most)d macros at most.") % {"most": MOST}
    if written.key is not None:
        taken = others.filter(key=written.key).first()
        if written.key not in KEYS:
            problems["key"] = _("A key is a digit from 1 to 9.")
        elif taken is not None:
            problems["key"] = _("This key runs “%(name)s”. Choose another.") % {"name": taken.name}
    actions = read_actions(workspace, written.actions, MACROS_DO, problems)
    if problems:
        raise BadMacro(problems)
    kept = Macro.objects.select_for_update().get(pk=macro.pk) if macro else Macro(workspace=workspace)
    kept.name, kept.key, kept.actions = name, written.key, [action.as_json() for action in actions]
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise BadMacro({"name": _("There is a macro called “%(name)s” already.") % {"name": name}}) from error
    fact = MacroSaved(workspace_id=workspace.pk, macro_id=kept.pk, name=name)
    record(fact, now=now, actor_id=by.pk if by else None)
    return kept


@transaction.atomic
def delete_macro(*, macro: Macro, by: Agent | None, now: datetime) -> None:
    """What it did stays done, and can still be undone."""
    fact = MacroDeleted(workspace_id=macro.workspace_id, macro_id=macro.pk, name=macro.name)
    macro.delete()
    record(fact, now=now, actor_id=by.pk if by else None)
