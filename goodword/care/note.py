"""Leave a note in a case, for the team alone; whom it mentions gets a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.care.events import NoteAdded
from goodword.care.lock import lock_case
from goodword.care.models import Case, Draft, Episode, Message, MessageKind
from goodword.care.own_text import own_text
from goodword.care.terms import NoWords
from goodword.kernel import facts
from goodword.staff.models import Agent, Notice, Role
from goodword.staff.notify import notify
from goodword.staff.who_may import who_may

_MENTION = re.compile(r"(?<![\w@])@(?=\w)")


@transaction.atomic
def add_note(*, case: Case, by: Agent | None, text: str, keeps_draft: bool = False, now: datetime) -> Message:
    """Add an internal note, of nobody where a rule writes it. `@Name` or `@address` tells that member.

    It is what the writer had as a draft, unless that is kept. Raises `NoWords`, `MergedAway`.
    """
    case = lock_case(case)
    text = own_text(text)
    if not text:
        raise NoWords(_("Write something first."))
    message = Message.objects.create(
        workspace_id=case.workspace_id,
        case=case,
        episode=Episode.objects.of(case.workspace_id).filter(case=case).latest("number"),
        kind=MessageKind.NOTE,
        at=now,
        agent=by,
        text=text,
    )
    if by is not None and not keeps_draft:
        Draft.objects.of(case.workspace_id).filter(case=case, agent=by, kind=MessageKind.NOTE).delete()
    fact = NoteAdded(workspace_id=case.workspace_id, case_id=case.pk, message_id=message.pk)
    facts.record(fact, now=now, actor_id=by.pk if by else None)
    notify(
        workspace_id=case.workspace_id,
        agent_ids=mentioned(text, _names(case)) - ({by.pk} if by else set()),
        kind=Notice.Kind.MENTIONED,
        subject=fact.subject,
        text=text,
        now=now,
    )
    return message


def _names(case: Case) -> dict[int, tuple[str, str]]:
    members = who_may(Role.VIEWER, workspace=case.workspace_id)
    return {pk: (name, email) for pk, name, email in members.values_list("pk", "name", "email")}


def mentioned(text: str, names: Mapping[int, tuple[str, str]]) -> set[int]:
    """Ids of those whom `text` mentions, out of id → (name, e-mail address).

    After an @ stands a full name, an address, or a first name that only one of them has. The longest match counts, so
    that "@Ana Maria" does not also tell Ana.
    """
    called = _ways_to_call(names)
    found: set[int] = set()
    for match in _MENTION.finditer(text):
        rest = text[match.end() :].casefold()
        hits = [way for way in called if rest.startswith(way) and not _goes_on(rest, len(way))]
        if hits:
            found.add(called[max(hits, key=len)])
    return found


def _ways_to_call(names: Mapping[int, tuple[str, str]]) -> dict[str, int]:
    full: dict[str, set[int]] = {}
    first: dict[str, set[int]] = {}
    for pk, (name, email) in names.items():
        for way in {name, email} - {""}:
            full.setdefault(way.casefold(), set()).add(pk)
        first.setdefault(name.split(" ")[0].casefold(), set()).add(pk)
    ways = {way: pks for way, pks in first.items() if way} | full  # who is called just that goes first
    return {way: min(pks) for way, pks in ways.items() if len(pks) == 1}


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] == "_")
