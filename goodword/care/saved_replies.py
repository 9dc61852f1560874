"""Saved replies: kept with variables, filled in for one case."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goodword.care.check_reply import check_words_for_reuse
from goodword.care.events import SavedReplyDeleted, SavedReplyWritten
from goodword.care.for_customers import for_customers
from goodword.care.greeting import first_name, nobody_known
from goodword.care.models import Case, SavedReply
from goodword.care.own_text import own_text
from goodword.care.terms import NoWords
from goodword.honesty.send_over import hold_back, keep_reason
from goodword.kernel import facts
from goodword.staff.models import Agent, Workspace

_VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)


class UnknownVariable(Exception):
    """The text holds something in double braces that is no variable; the message names the one probably meant."""

    def __init__(self, name: str) -> None:
        close = difflib.get_close_matches(name.lower(), VARIABLES, n=1, cutoff=0.4)
        meant = f"{{{{{close[0]}}}}}" if close else ", ".join(f"{{{{{known}}}}}" for known in VARIABLES)
        super().__init__(
            _("“%(name)s” is no variable. Write %(meant)s, or take the braces away.") % {"name": name, "meant": meant}
        )
        self.name = name


class ShortcutTaken(Exception):
    """Another saved reply of the workspace is called by the same shortcut."""


def _you() -> str:
    with for_customers():
        return _("you")


VARIABLES: dict[str, Callable[[Case, Agent], str]] = {
    "customer.first_name": lambda case, agent: first_name(case.identity),
    "customer.name": lambda case, agent: case.identity.real_name or nobody_known(),
    "customer.handle": lambda case, agent: f"@{case.identity.handle}" if case.identity.handle else _you(),
    "agent.first_name": lambda case, agent: agent.first_name,
    "agent.name": lambda case, agent: agent.name,
    "case.number": lambda case, agent: str(case.number),
    "case.subject": lambda case, agent: case.subject,
    "brand": lambda case, agent: case.workspace.name,
}


def check_variables(text: str) -> None:
    """Raise `UnknownVariable` for the first thing in braces that is none, or that is left open."""
    for found in _VARIABLE.finditer(text):
        if found[1] not in VARIABLES:
            raise UnknownVariable(found[1][:60])
    rest = _VARIABLE.sub("", text)
    if "{{" in rest or "}}" in rest:
        at = rest.index("{{" if "{{" in rest else "}}")
        raise UnknownVariable(rest[at : at + 60].strip())


@transaction.atomic
def save_reply(
    *,
    workspace: Workspace,
    by: Agent | None,
    saved_reply: SavedReply | None = None,
    shortcut: str,
    title: str,
    text: str,
    over: str = "",
    now: datetime,
) -> SavedReply:
    """Keep a new saved reply, or change `saved_reply`; one that was deleted meanwhile is made anew.

    Its words are checked like those of a reply that everybody reads; `over` is why they are right all the same.
    Raises `UnknownVariable`, `ShortcutTaken`, `NoWords`, `HeldBack`.
    """
    text = own_text(text)
    if not text:
        raise NoWords(_("Write something first."))
    check_variables(text)
    found = check_words_for_reuse(workspace, text, now=now)
    hold_back(found, reason=over)
    reply = (_lock(saved_reply) if saved_reply else None) or SavedReply(workspace=workspace)
    reply.shortcut, reply.title, reply.text, reply.updated_at = shortcut, title.strip(), text, now
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        raise ShortcutTaken(_("“%s” is the shortcut of another reply: choose another.") % shortcut) from error
    if by is not None:
        subject = f"saved_reply:{reply.pk}"
        keep_reason(found=found, reason=over, by=by, workspace_id=workspace.pk, subject=subject, now=now)
    fact = SavedReplyWritten(workspace_id=workspace.pk, saved_reply_id=reply.pk, shortcut=shortcut)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    return reply


def _lock(saved_reply: SavedReply) -> SavedReply | None:
    """The row as it stands now, with how often it was used; None if it was deleted meanwhile."""
    return SavedReply.objects.select_for_update(of=("self",)).filter(pk=saved_reply.pk).first()


@transaction.atomic
def delete_reply(*, saved_reply: SavedReply, by: Agent | None, now: datetime) -> None:
    """Delete it; what was sent with it stays as it is."""
    fact = SavedReplyDeleted(
        workspace_id=saved_reply.workspace_id, saved_reply_id=saved_reply.pk, shortcut=saved_reply.shortcut
    )
    saved_reply.delete()
    facts.record(fact, now=now, actor_id=by.pk if by else None)


def fill_in(*, saved_reply: SavedReply, case: Case, agent: Agent) -> str:
    """The text for this case and agent. Values stand as they are: braces in a customer's name mean nothing."""
    SavedReply.objects.of(case.workspace_id).filter(pk=saved_reply.pk).update(used=F("used") + 1)
    return fill_variables(text=saved_reply.text, case=case, agent=agent)


def fill_variables(*, text: str, case: Case, agent: Agent) -> str:
    """Any text with variables, for this case and agent. Raises `UnknownVariable`."""
    check_variables(text)
    return _VARIABLE.sub(lambda found: VARIABLES[found[1]](case, agent), text)
