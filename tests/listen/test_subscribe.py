"""A network that takes our address by a call is told it, and a time in which it could not be is a gap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.connectors.twins.telling import Tells
from goodword.listen.hook_standing import hook_standing_of
from goodword.listen.models import Gap, Source
from goodword.listen.reactions import subscribe_sources
from goodword.listen.sources import open_source, resume_source, stop_source
from goodword.listen.subscribe import subscribe, subscribe_all
from goodword.staff.models import Workspace
from tests.connectors.webhook.world import AnySystemWorld
from tests.listen.heard import at

pytestmark = pytest.mark.django_db
State = Source.State


@pytest.fixture
def system() -> Iterator[AnySystemWorld]:
    with AnySystemWorld() as world:
        yield world


def connect(system: AnySystemWorld, **changed: str) -> Source:
    workspace = Workspace.objects.create(name="Harbour", slug="harbour")
    settings = {**system.settings, **changed}
    return open_source(workspace=workspace, connector_key="webhook", name="Shop", settings=settings, now=at(0))


def told_to(system: AnySystemWorld) -> str:
    assert isinstance(system.twin, Tells)
    return system.twin.telling.address


def test_it_is_told_the_address_of_the_source_as_soon_as_that_is_connected(system: AnySystemWorld) -> None:
    source = connect(system)
    subscribe_sources(workspace_id=source.workspace_id, facts=[{"source_id": source.pk}], later="unknown")
    assert told_to(system) == source.full_settings()["hook"]
    source.refresh_from_db()
    assert source.last_alive_at is not None
    standing = hook_standing_of(source, at(1))
    assert standing is not None
    assert not standing.is_entered, "nobody has to enter it"


def test_a_network_that_is_away_is_a_gap_with_its_reason_until_it_is_back(system: AnySystemWorld) -> None:
    source = connect(system)
    subscribe(source=source, now=at(1))
    system.cut()
    subscribe_all(now=at(6))
    subscribe_all(now=at(11))
    gap = Gap.objects.get()
    assert (gap.since, gap.until) == (at(1), None)
    assert "can't be reached" in gap.reason
    source.refresh_from_db()
    assert (source.state, source.error) == (State.FAILING, gap.reason)

    system.mend()
    subscribe_all(now=at(16))
    gap.refresh_from_db()
    source.refresh_from_db()
    assert (gap.until, gap.filled_at) == (at(16), None)
    assert (source.state, source.error) == (State.LISTENING, "")


def test_one_whose_address_a_person_enters_is_left_alone(system: AnySystemWorld) -> None:
    source = connect(system, subscribe_address="")
    subscribe(source=source, now=at(1))
    source.refresh_from_db()
    assert (told_to(system), source.last_alive_at) == ("", None)


def test_a_stopped_source_is_told_nowhere_until_it_goes_on(system: AnySystemWorld) -> None:
    source = connect(system)
    stop_source(source=source, by=None, reason="holidays", now=at(1))
    source.refresh_from_db()
    subscribe(source=source, now=at(2))
    assert told_to(system) == ""
    resume_source(source=source, by=None, now=at(3))
    source.refresh_from_db()
    subscribe(source=source, now=at(3))
    assert told_to(system) == source.full_settings()["hook"]


def test_a_connector_that_breaks_is_a_gap_and_no_other_source_suffers(
    system: AnySystemWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = connect(system)
    monkeypatch.setattr(type(source.connector), "subscribe", lambda self, settings: 1 // 0)
    subscribe_all(now=at(1))
    assert Gap.objects.get().until is None
