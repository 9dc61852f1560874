"""Two who do the same at once: the second is told what a later one is told, and nobody waits in a circle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from goodword.listen.change_source import change_source
from goodword.listen.models import SavedSearch, SearchWatch, Source
from goodword.listen.saved_searches import BadName, delete_search, pause_search, resume_search, save_search
from goodword.listen.sources import NameTaken, open_source
from goodword.staff.models import Workspace
from tests.listen.heard import at, open_file_source
from tests.meanwhile import meanwhile, twin_of

pytestmark = pytest.mark.django_db(transaction=True)


def save(workspace: Workspace, search: SavedSearch | None = None, name: str = "Refunds") -> SavedSearch:
    return save_search(workspace=workspace, by=None, name=name, text="refund*", search=search, now=at(1))


def test_two_searches_of_one_name() -> None:
    source = open_file_source()
    known = save(source.workspace, name="Parcels")
    with meanwhile(twin_of("listen_savedsearch", known.pk, name="Refunds")), pytest.raises(BadName, match="already"):
        save(source.workspace)
    assert SavedSearch.objects.count() == 2


def test_two_sources_of_one_name() -> None:
    source = open_file_source()
    with meanwhile(twin_of("listen_source", source.pk, name="Mail")), pytest.raises(NameTaken, match="Mail already"):
        open_source(
            workspace=source.workspace, connector_key="recorded", name="Mail", settings={"format": "jsonl"}, now=at(1)
        )
    with meanwhile(twin_of("listen_source", source.pk, name="Forum")), pytest.raises(NameTaken):
        change_source(source=source, by=None, name="Forum", settings=source.settings, now=at(1))
    assert sorted(Source.objects.values_list("name", flat=True)) == ["Forum", "Mail", "file"]


@pytest.mark.parametrize(
    "verb",
    [
        lambda search: delete_search(search=search, by=None, now=at(2)),
        lambda search: pause_search(search=search, by=None, now=at(2)),
        lambda search: save_search(
            workspace=search.workspace, by=None, name="Refunds", text="money", search=search, now=at(2)
        ),
    ],
    ids=["delete", "pause", "change"],
)
def test_what_belongs_to_a_search_is_touched_after_the_search(verb: Callable[[SavedSearch], None]) -> None:
    search = save(open_file_source().workspace)
    watch = SearchWatch.objects.create(workspace=search.workspace, search=search, bin_index=1, state=b"")
    mine = f"SELECT id FROM listen_savedsearch WHERE id = {search.pk} FOR UPDATE"
    theirs = f"SELECT id FROM listen_searchwatch WHERE id = {watch.pk} FOR UPDATE NOWAIT"
    with meanwhile(mine, then=theirs) as found:
        verb(search)
    assert found == [(watch.pk,)]


def test_a_search_that_was_deleted_meanwhile() -> None:
    search = save(open_file_source().workspace)
    with transaction.atomic():
        SavedSearch.objects.all().delete()
    delete_search(search=search, by=None, now=at(2))
    pause_search(search=search, by=None, now=at(2))
    resume_search(search=search, by=None, now=at(2))
    assert not SavedSearch.objects.exists()
    assert save(search.workspace, search).name == "Refunds"
