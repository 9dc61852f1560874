"""An agent's notices, with where each leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.care.models import Case
from goodword.kernel.ids import read_id
from goodword.staff.models import Agent, Notice, Workspace

PAGE = 40
MOST_COUNTED = 99
ICONS = {
    Notice.Kind.MENTIONED: "at-sign",
    Notice.Kind.ASSIGNED: "user-plus",
    Notice.Kind.DISPUTED: "thumbs-down",
    Notice.Kind.FAILED: "circle-alert",
    Notice.Kind.WAITING: "alarm-clock",
    Notice.Kind.BURST: "ear",
    Notice.Kind.SILENT: "clock-alert",
    Notice.Kind.LEARNED: "flask-conical",
    Notice.Kind.UNWATCHED: "alarm-clock",
    Notice.Kind.DUE: "alarm-clock",
    Notice.Kind.OVERDUE: "clock-alert",
    Notice.Kind.PROMISE_DUE: "calendar-clock",
    Notice.Kind.PROMISE_BROKEN: "clock-alert",
    Notice.Kind.SENT_OVER: "shield",
    Notice.Kind.MAKE_GOOD: "gift",
    Notice.Kind.RULE: "cog",
    Notice.Kind.RULE_OFF: "triangle-alert",
    Notice.Kind.APPROVAL: "eye",
    Notice.Kind.APPROVED: "check",
    Notice.Kind.SENT_BACK: "undo-2",
    Notice.Kind.WEBHOOK_OFF: "triangle-alert",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and the number of the case that it is about, if any."""

    notice: Notice
    icon: str
    number: int | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, newest first, and the id that the next page begins after; None at the end."""

    told: Sequence[Told]
    before: int | None


def read_page(workspace: Workspace, agent: Agent, *, before: int | None = None) -> NoticePage:
    """The newest, or those older than `before`."""
    notices = Notice.objects.of(workspace).filter(agent=agent)
    if before is not None:
        notices = notices.filter(pk__lt=before)
    found = list(notices.order_by("-pk")[: PAGE + 1])
    cases = {pk for notice in found if (pk := case_id(notice)) is not None}
    numbers = dict(Case.objects.of(workspace).filter(pk__in=cases).values_list("pk", "number"))
    told = [
        Told(notice, ICONS.get(Notice.Kind(notice.kind), "bell"), numbers.get(case_id(notice) or 0))
        for notice in found[:PAGE]
    ]
    return NoticePage(told, found[PAGE - 1].pk if len(found) > PAGE else None)


def case_id(notice: Notice) -> int | None:
    """The id of the case that a notice is about."""
    kind, _colon, pk = notice.subject.partition(":")
    return read_id(pk) if kind == "case" else None


def search_id(notice: Notice) -> int | None:
    """The id of the saved search that a notice is about."""
    kind, _colon, pk = notice.subject.partition(":")
    return read_id(pk) if kind == "search" else None


def count_unread(workspace: Workspace, agent: Agent) -> int:
    """How many there are to read, up to one more than `MOST_COUNTED`."""
    unread = Notice.objects.of(workspace).filter(agent=agent, read_at=None)
    return unread[: MOST_COUNTED + 1].count()
