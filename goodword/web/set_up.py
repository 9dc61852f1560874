"""How far a workspace is on its way from empty to a customer who says that it is solved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.care.delivery import ARRIVED
from goodword.care.models import Episode, Message, MessageKind, Resolution, SavedReply
from goodword.kernel.models import FactRow
from goodword.listen.models import Source
from goodword.staff.events import WorkspaceNamed
from goodword.staff.models import Membership, Role, Workspace


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it is done, where it is done, and by whom."""

    title: str
    why: str
    done: bool
    url: str
    action: str
    role: Role


@dataclass(frozen=True, slots=True)
class Steps:
    """All of them, in order."""

    steps: Sequence[Step]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first that is not."""
        return next((step for step in self.steps if not step.done), None)


def read_steps(workspace: Workspace) -> Steps:
    """As they stand."""
    return Steps(
        [
            Step(
                str(planned.title),
                str(planned.why),
                planned.is_done(workspace),
                reverse(planned.place, args=[workspace.slug]) + planned.query,
                str(planned.action),
                planned.role,
            )
            for planned in _PLAN
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """A step before anybody asks how far they are. `place` names an address, which `query` narrows."""

    title: Promise
    why: Promise
    is_done: Callable[[Workspace], bool]
    place: str
    query: str = ""
    action: Promise
    role: Role


def _is_named(workspace: Workspace) -> bool:
    return FactRow.objects.filter(workspace_id=workspace.pk, kind=WorkspaceNamed.__name__).exists()


def hears(workspace: Workspace) -> bool:
    """Whether any of its sources was ever heard."""
    return Source.objects.of(workspace).filter(last_heard_at__isnull=False).exists()


def _has_a_team(workspace: Workspace) -> bool:
    return Membership.objects.filter(workspace=workspace).count() > 1


def _has_a_saved_reply(workspace: Workspace) -> bool:
    return SavedReply.objects.of(workspace).exists()


def _has_answered(workspace: Workspace) -> bool:
    replies = Message.objects.of(workspace).filter(kind=MessageKind.REPLY, automatic=False, agent__isnull=False)
    return replies.filter(delivery__in=ARRIVED).exists()


def _has_solved(workspace: Workspace) -> bool:
    return Episode.objects.of(workspace).filter(resolution=Resolution.CONFIRMED).exists()


_PLAN = (
    _Planned(
        title=_("Name the workspace and its time zone"),
        why=_("Customers read the name; all times are shown in the zone."),
        is_done=_is_named,
        place="team:name_workspace",
        action=_("Name it"),
        role=Role.ADMIN,
    ),
    _Planned(
        title=_("Connect a channel"),
        why=_("A mailbox or a web chat: what customers write there becomes cases."),
        is_done=hears,
        place="listen:choose",
        action=_("Connect"),
        role=Role.ADMIN,
    ),
    _Planned(
        title=_("Invite your team"),
        why=_("Each by a link of their own."),
        is_done=_has_a_team,
        place="team:members",
        action=_("Invite"),
        role=Role.ADMIN,
    ),
    _Planned(
        title=_("Write a saved reply"),
        why=_("What you write often, written once and well."),
        is_done=_has_a_saved_reply,
        place="care:all_saved_replies",
        action=_("Write"),
        role=Role.LEAD,
    ),
    _Planned(
        title=_("Answer somebody"),
        why=_("Open a case, write, send. You have eight seconds to take it back."),
        is_done=_has_answered,
        place="web:inbox",
        query="?view=open",
        action=_("Open the inbox"),
        role=Role.AGENT,
    ),
    _Planned(
        title=_("Hear from a customer that it is solved"),
        why=_("Resolve a case and ask. Only the customer’s yes counts."),
        is_done=_has_solved,
        place="web:inbox",
        query="?view=resolved",
        action=_("See what is resolved"),
        role=Role.AGENT,
    ),
)
