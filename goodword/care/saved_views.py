"""Save a filter of the inbox under a name, and delete it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.care.filters import CaseFilter
from goodword.care.models import SavedView
from goodword.staff.models import Agent, Workspace


class BadView(Exception):
    """The name is empty or too long, or the filter is."""


@transaction.atomic
def save_view(*, workspace: Workspace, by: Agent, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep what stands in the address after "?", for `by` alone or for everyone, at the end of the list.

    A view of the same name and owner is replaced. Raises `BadView`.
    """
    name = " ".join(name.split())
    longest = SavedView._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise BadView(_("A view has a name of 1 to %(longest)d characters.") % {"longest": longest})
    query = CaseFilter.read(query).query()
    if len(query) > (SavedView._meta.get_field("query").max_length or 0):
        raise BadView(_("This view filters by too much text. Shorten the words that it searches for."))
    owner = None if shared else by
    view = SavedView.objects.of(workspace).filter(owner=owner, name=name).first()
    if view is None:
        last = SavedView.objects.of(workspace).aggregate(last=Max("position"))["last"]
        view = SavedView(workspace=workspace, owner=owner, name=name, position=(last or 0) + 1)
    view.query = query
    view.save()
    return view


def address_of(view: SavedView, workspace: Workspace) -> str:
    """Where it is shown: the inbox, or the search if words are looked for."""
    words = CaseFilter.read(view.query).q
    if words:
        return f"{reverse('web:search', args=[workspace.slug])}?{urlencode({'q': words})}"
    return f"{reverse('web:inbox', args=[workspace.slug])}?{view.query}"


def delete_view(*, view: SavedView) -> None:
    """Delete the name; no case changes."""
    view.delete()


def views_of(*, workspace: Workspace, agent: Agent) -> list[SavedView]:
    """Everyone's views and the agent's own, in their order."""
    seen = Q(owner=None) | Q(owner=agent)
    return list(SavedView.objects.of(workspace).filter(seen).order_by("position", "id"))
