"""How far a workspace is on its way from empty to a customer who says that it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.care.models import Delivery, Episode, Message, MessageKind, Resolution, SavedReply
from goodword.kernel.models import FactRow
from goodword.listen.models import Source
from goodword.staff.models import Membership, Role, Workspace

_WENT_OUT = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)


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

    def to(name: str) -> str:
        return reverse(name, args=[workspace.slug])

    answered = Message.objects.of(workspace).filter(
        kind=MessageKind.REPLY, automatic=False, agent__isnull=False, delivery__in=_WENT_OUT
    )
    return Steps(
        [
            Step(
                _("Name the workspace and its time zone"),
                _("Customers read the name; all times are shown in the zone."),
                FactRow.objects.filter(workspace_id=workspace.pk, kind="WorkspaceNamed").exists(),
                to("team:name_workspace"),
                _("Name it"),
                Role.ADMIN,
            ),
            Step(
                _("Connect a channel"),
                _("A mailbox or a web chat: what customers write there becomes cases."),
                Source.objects.of(workspace).filter(last_heard_at__isnull=False).exists(),
                to("listen:choose"),
                _("Connect"),
                Role.ADMIN,
            ),
            Step(
                _("Invite your team"),
                _("Each by a link of their own."),
                Membership.objects.filter(workspace=workspace).count() > 1,
                to("team:members"),
                _("Invite"),
                Role.ADMIN,
            ),
            Step(
                _("Write a saved reply"),
                _("What you write often, written once and well."),
                SavedReply.objects.of(workspace).exists(),
                to("care:all_saved_replies"),
                _("Write"),
                Role.LEAD,
            ),
            Step(
                _("Answer somebody"),
                _("Open a case, write, send. You have eight seconds to take it back."),
                answered.exists(),
                to("web:inbox") + "?view=open",
                _("Open the inbox"),
                Role.AGENT,
            ),
            Step(
                _("Hear from a customer that it is solved"),
                _("Resolve a case and ask. Only the customer’s yes counts."),
                Episode.objects.of(workspace).filter(resolution=Resolution.CONFIRMED).exists(),
                to("web:inbox") + "?view=resolved",
                _("See what is resolved"),
                Role.AGENT,
            ),
        ]
    )
