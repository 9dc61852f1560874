"""What every page of a member shows around itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from goodword.care.inbox import RISKIEST, count_views, filters_of, view_names
from goodword.care.saved_views import address_of, views_of
from goodword.staff.models import Membership, Workspace
from goodword.web.notices import count_unread

_LEARNING = ("learn:causes", "learn:problems", "insight:letter", "process:surveys", "process:quality")  # its tabs


@dataclass(frozen=True, slots=True)
class Item:
    """A place to go."""

    label: str
    icon: str
    url: str
    current: bool = False
    count: int = 0
    alarm: bool = False
    action: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Places that belong together. One that folds is opened by whoever wants it, and where one is in it."""

    title: str
    items: list[Item] = field(default_factory=list)
    folds: bool = False

    @property
    def current(self) -> bool:
        """Whether the page that is shown is one of them."""
        return any(item.current for item in self.items)


@dataclass(frozen=True, slots=True)
class Navigation:
    """The rail, and the bar below on a phone."""

    home: str
    sections: list[Section]
    bar: list[Item]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The workspace, the member and the navigation, for the base page. Only a page that shows it pays for it."""
    user = getattr(request, "user", None)  # what is refused early, such as an unknown host, has none yet
    if user is None or not user.is_authenticated:
        return {}
    known: dict[str, Any] = {"agent": request.user, "preferences_url": reverse("staff:preferences")}
    membership = getattr(request, "membership", None)
    if membership is None:
        return known | {"nav": Navigation(home="/", sections=[], bar=[])}
    return known | {
        "workspace": membership.workspace,
        "membership": membership,
        "nav": SimpleLazyObject(lambda: _build(request, membership)),
    }


def _build(request: HttpRequest, membership: Membership) -> Navigation:
    workspace, agent = membership.workspace, membership.agent
    inbox = reverse("web:inbox", args=[workspace.slug])
    names, counts = view_names(), count_views(workspace, agent)
    # A case stands beside the list it was found in, whose filters its address carries.
    in_inbox = request.path == inbox or "/cases/" in request.path
    shown = filters_of(request.GET).urlencode() if in_inbox else ""

    def view(name: str, icon: str, label: str = "", query: str = "", **more: Any) -> Item:
        query = query or f"view={name}"
        current = shown == query
        return Item(label or names[name], icon, f"{inbox}?{query}", current, counts.get(name, 0), **more)

    views = [
        view("mine", "inbox", action="go-inbox"),
        view("unassigned", "users"),
        view("open", "layers"),
        view("risk", "triangle-alert", label=_("Riskiest"), query=RISKIEST),
        view("pending", "message-circle"),
        view("snoozed", "moon"),
        view("resolved", "circle-check"),
    ]
    is_usual = any(item.current for item in views)  # the heading names it so, too
    here = f"{inbox}?{shown}" if in_inbox else request.get_full_path()
    saved = [
        Item(kept.name, "bookmark", url, url == here and not is_usual)
        for kept in views_of(workspace=workspace, agent=agent)
        for url in [address_of(kept, workspace)]
    ]
    work, *others = _places(request, membership)
    sections = [work, Section(_("Views"), views), *([Section(_("Saved views"), saved)] if saved else []), *others]
    return Navigation(home=inbox, sections=sections, bar=_bar(request, workspace, work.items, in_inbox=in_inbox))


def _places(request: HttpRequest, membership: Membership) -> list[Section]:
    """The pages beside the inbox; first those that are looked at all day."""

    def place(name: str, icon: str, label: str, *, count: int = 0, action: str = "", holds: Sequence[str] = ()) -> Item:
        url, *tabs = (reverse(each, args=[membership.workspace.slug]) for each in (name, *holds))
        current = request.path.startswith((url, *tabs))
        return Item(label, icon, url, current, count, alarm=bool(count), action=action)

    unread = count_unread(membership.workspace, membership.agent)
    return [
        Section(
            "",
            [
                place("web:today", "sun", _("Today"), action="go-today"),
                place("web:search", "search", _("Search")),
                place("web:notices", "bell", _("Notices"), count=unread, action="go-notices"),
            ],
        ),
        Section(
            _("Customers"),
            [
                place("web:customers", "user", _("Customers"), action="go-people"),
                place("web:mentions", "megaphone", _("Mentions"), action="go-mentions"),
                place("listening:explorer", "ear", _("Listening"), action="go-listening"),
            ],
            folds=True,
        ),
        Section(
            _("Getting better"),
            [
                place("promises:all", "handshake", _("Promises"), action="go-promises"),
                place("process:approvals", "eye", _("Approvals")),
                place("insight:scorecard", "gauge", _("Scorecard"), holds=_LEARNING),
                place("knowledge:articles", "file-text", _("Knowledge")),
                place("web:reports", "chart-line", _("Reports"), action="go-reports"),
            ],
            folds=True,
        ),
        Section(
            _("Workspace"),
            [
                place("listen:sources", "radio", _("Sources"), action="go-sources"),
                place("care:all_saved_replies", "zap", _("Saved replies")),
                place("team:members", "users", _("Team")),
                place("web:set_up", "list-checks", _("Set-up")),
            ],
            folds=True,
        ),
    ]


def _bar(request: HttpRequest, workspace: Workspace, work: list[Item], *, in_inbox: bool) -> list[Item]:
    more = reverse("web:more", args=[workspace.slug])
    inbox = Item(_("Inbox"), "inbox", reverse("web:inbox", args=[workspace.slug]), current=in_inbox)
    return [inbox, *work, Item(_("More"), "ellipsis", more, current=request.path == more)]
