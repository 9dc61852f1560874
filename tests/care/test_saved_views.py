from __future__ import annotations

import pytest

from goodword.care.models import SavedView
from goodword.care.saved_views import BadView, delete_view, save_view, views_of
from tests.care.world import World


def test_a_view_is_an_address_in_its_plain_form(world: World) -> None:
    ana = world.agent()
    view = save_view(workspace=world.workspace, by=ana, name=" My  mail ", query="view=mine&channel=email&nonsense=1")
    assert (view.name, view.query, view.owner) == ("My mail", "state=open&assignee=me&channel=email", ana)


def test_everyone_sees_shared_views_and_only_the_owner_the_others(world: World) -> None:
    ana, ben = world.agent("Ana"), world.agent("Ben")
    for agent, name, shared in ((ana, "Shared", True), (ana, "Hers", False), (ben, "His", False)):
        save_view(workspace=world.workspace, by=agent, name=name, query="state=open", shared=shared)
    save_view(workspace=World(slug="elsewhere").workspace, by=ana, name="Foreign", query="", shared=True)
    assert [view.name for view in views_of(workspace=world.workspace, agent=ben)] == ["Shared", "His"]


def test_saving_under_the_same_name_replaces_and_deleting_deletes(world: World) -> None:
    ana = world.agent()
    for query in ("state=open", "state=pending"):
        view = save_view(workspace=world.workspace, by=ana, name="Mine", query=query)
    assert SavedView.objects.get().query == "state=pending"
    delete_view(view=view)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_view_has_a_usable_name(world: World, name: str) -> None:
    with pytest.raises(BadView):
        save_view(workspace=world.workspace, by=world.agent(), name=name, query="")


def test_a_filter_that_is_too_long_is_refused(world: World) -> None:
    with pytest.raises(BadView):
        save_view(workspace=world.workspace, by=world.agent(), name="Long", query="q=" + "é" * 400)
