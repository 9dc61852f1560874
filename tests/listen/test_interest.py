"""What a workspace would keep of a firehose: its own searches and mentions decide, and nobody else's."""

from __future__ import annotations

import pytest

from goodword.connectors.contract import Kind, Overheard
from goodword.listen.interest import WorkspaceInterest
from goodword.listen.models import Source
from goodword.listen.saved_searches import pause_search, save_search
from goodword.staff.models import Workspace
from tests.listen.heard import NOON, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return open_file_source()


@pytest.fixture
def elsewhere() -> Source:
    return open_file_source(Workspace.objects.create(name="Shore", slug="shore"), name="other")


def test_what_an_active_search_of_the_workspace_matches_is_wanted(source: Source, elsewhere: Source) -> None:
    for where, text in ((source, "harbour AND leak*"), (source, "is:reply"), (source, "#storm"), (elsewhere, "shore")):
        save_search(workspace=where.workspace, by=None, name=text, text=text, now=NOON)
    posts = [
        Overheard("1", "The Harbour jacket leaks"),
        Overheard("2", "The jacket leaks"),
        Overheard("3", "Nothing", kind=Kind.REPLY),
        Overheard("4", "Nothing", hashtags=["storm"]),
        Overheard("5", "Nice day at the shore"),
    ]
    assert list(WorkspaceInterest(source).wanted(posts)) == [True, False, True, True, False]
    assert list(WorkspaceInterest(elsewhere).wanted(posts)) == [False, False, False, False, True]
    assert list(WorkspaceInterest(source).wanted([])) == []


@pytest.mark.parametrize(
    "more",
    [
        "sentiment:negative",
        "emotion:anger",
        "is:question",
        "followers:[100 TO *]",
        "lang:de",
        "NOT sentiment:positive",
        "NOT (lang:fr OR followers:[* TO 5])",
        "(sentiment:negative OR followers:[100 TO *])",
    ],
)
def test_what_is_not_known_in_passing_may_hold(source: Source, more: str) -> None:
    save_search(workspace=source.workspace, by=None, name="One", text=f"acme {more}", now=NOON)
    posts = [Overheard("1", "acme lost my luggage"), Overheard("2", "Nice day")]
    assert list(WorkspaceInterest(source).wanted(posts)) == [True, False]


def test_what_is_known_in_passing_is_asked_for(source: Source) -> None:
    save_search(workspace=source.workspace, by=None, name="One", text="acme lang:de sentiment:negative", now=NOON)
    posts = [Overheard(str(n), "acme", lang=lang) for n, lang in enumerate(("de", "en", None))]
    assert list(WorkspaceInterest(source).wanted(posts)) == [True, False, True]


@pytest.mark.parametrize("text", ["sentiment:negative", "win OR followers:[1000 TO *]", "lang:de NOT win"])
def test_nothing_is_kept_for_a_search_that_may_match_everything(source: Source, text: str) -> None:
    save_search(workspace=source.workspace, by=None, name="One", text=text, now=NOON)
    assert list(WorkspaceInterest(source).wanted([Overheard("1", "win"), Overheard("2", "Nice day")])) == [False, False]


def test_a_search_counts_from_when_it_is_saved_until_it_is_paused(source: Source) -> None:
    interest, post = WorkspaceInterest(source), [Overheard("1", "My jacket leaks")]
    assert list(interest.wanted(post)) == [False]
    search = save_search(workspace=source.workspace, by=None, name="Leaks", text="leak*", now=NOON)
    assert list(interest.wanted(post)) == [True]
    pause_search(search=search, by=None, now=NOON)
    assert list(interest.wanted(post)) == [False]


def test_known_is_what_this_source_heard(source: Source, elsewhere: Source) -> None:
    hear_and_understand(
        source, line("a", author="mara"), line("b", author="joe"), line("c", author="mara", deleted=True)
    )
    hear_and_understand(elsewhere, line("d", author="mara"))
    interest = WorkspaceInterest(source)
    assert interest.known({"a", "b", "c", "d", "e"}) == {"a", "b"}
    assert interest.known([]) == set()
    assert list(interest.said_by("mara")) == ["a"]
    hear_and_understand(source, line("a", "", author="mara", deleted=True))
    assert list(interest.said_by("mara")) == []
    assert interest.known({"a"}) == {"a"}, "what is gone is still known, so that its answers are heard"
