"""No silence without a row, and no row that claims a silence there was not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.connectors.contract import Delivery
from goodword.kernel.models import FactRow
from goodword.listen.gaps import give_up, note_absence, open_gap
from goodword.listen.intake import take_in
from goodword.listen.models import Gap, Source
from goodword.listen.sources import resume_source, stop_source
from goodword.staff.models import Agent, Membership, Notice, Role, Workspace
from tests.listen.chat import open_chat
from tests.listen.foreign import foreign_installed, foreign_source
from tests.listen.heard import at

pytestmark = pytest.mark.django_db
State = Source.State


@pytest.fixture
def source() -> Iterator[Source]:
    with foreign_installed():
        yield foreign_source(Workspace.objects.create(name="Harbour", slug="harbour"), "line")


def sign_of_life(source: Source, minutes: float, n: int = 1) -> None:
    take_in(source=source, delivery=Delivery((), {"n": n}), now=at(minutes))


def as_stored(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


def test_a_gap_begins_at_the_last_sign_of_life_however_old_the_instance_is(source: Source) -> None:
    sign_of_life(source, 10)
    assert source.last_alive_at is None, "the instance knows nothing of it"
    open_gap(source=source, reason="busy", state=State.FAILING, now=at(11))
    assert (Gap.objects.get().since, as_stored(source).state) == (at(10), State.FAILING)


def test_a_gap_closes_with_the_first_sign_of_life_and_is_filled_where_a_cursor_was(source: Source) -> None:
    open_gap(source=source, reason="busy", state=State.FAILING, now=at(1))
    sign_of_life(source, 2)
    open_gap(source=source, reason="busy again", state=State.FAILING, now=at(3))
    sign_of_life(source, 4)
    first, second = Gap.objects.order_by("since")
    assert (first.since, first.until, first.filled_at) == (at(1), at(2), None)
    assert (second.since, second.until, second.filled_at) == (at(2), at(4), at(4))
    assert (as_stored(source).state, as_stored(source).error) == (State.LISTENING, "")


def test_what_was_under_way_is_taken_in_but_does_not_revive_a_stopped_source(source: Source) -> None:
    sign_of_life(source, 1)
    stop_source(source=source, by=None, reason="holidays", now=at(2))
    sign_of_life(source, 3, n=7)
    open_gap(source=source, reason="busy", state=State.FAILING, now=at(4))
    stored = as_stored(source)
    assert (stored.state, stored.error) == (State.STOPPED, "holidays")
    assert (stored.cursor, stored.last_alive_at) == ({"n": 7}, at(3))
    gap = Gap.objects.get()
    assert (gap.reason, gap.since, gap.until) == ("holidays", at(1), None)


def test_resumed_at_once_the_gap_closes_with_what_comes_next(source: Source) -> None:
    sign_of_life(source, 1)
    stop_source(source=source, by=None, reason="a mistake", now=at(2))
    resume_source(source=source, by=None, now=at(3))
    assert Gap.objects.get().until is None
    sign_of_life(source, 4)
    assert Gap.objects.get().until == at(4)


def test_a_chat_is_not_heard_from_its_stop_to_its_resumption_and_no_longer() -> None:
    chat = open_chat()
    sign_of_life(chat, 0)
    stop_source(source=chat, by=None, reason="holidays", now=at(50))
    resume_source(source=chat, by=None, now=at(60))
    gap = Gap.objects.get()
    assert (gap.since, gap.until, gap.filled_at) == (at(50), at(60), None)


@pytest.mark.parametrize(("minutes", "gaps"), [(1, 0), (2, 0), (2.1, 1), (600, 1)])
def test_a_time_in_which_nobody_listened_is_a_gap(source: Source, minutes: float, gaps: int) -> None:
    sign_of_life(source, 0)
    note_absence(source=source, now=at(minutes))
    assert Gap.objects.filter(since=at(0), until=None).count() == gaps
    assert as_stored(source).state == State.LISTENING


def test_a_source_that_was_never_heard_was_not_left_alone(source: Source) -> None:
    note_absence(source=source, now=at(600))
    assert not Gap.objects.exists()


def test_without_its_connector_a_source_can_do_nothing(source: Source) -> None:
    gone = foreign_source(source.workspace, "gone", key="gone")
    assert source.capabilities.can_listen
    assert not (gone.capabilities.can_listen or gone.capabilities.can_reply)
    stop_source(source=gone, by=None, reason="uninstalled", now=at(1))
    resume_source(source=gone, by=None, now=at(2))
    assert Gap.objects.get().until is None


@pytest.mark.parametrize("state", [State.LISTENING, State.FAILING, State.FINISHED])
def test_only_what_is_stopped_is_resumed(source: Source, state: State) -> None:
    Source.objects.filter(pk=source.pk).update(state=state, error="as it was")
    resume_source(source=source, by=None, now=at(3))
    assert (as_stored(source).state, as_stored(source).error) == (state, "as it was")
    assert not FactRow.objects.filter(kind="SourceResumed").exists()


def test_admins_are_told_once_that_listening_ended_for_good(source: Source) -> None:
    admin = Agent.objects.create(email="ada@harbour.example", name="Ada")
    Membership.objects.create(workspace=source.workspace, agent=admin, role=Role.ADMIN)
    sign_of_life(source, 10)
    for minutes in (11, 12):
        give_up(source=source, reason="The token was revoked.", now=at(minutes))
    (notice,) = Notice.objects.all()
    assert (notice.agent, notice.kind, notice.subject) == (admin, Notice.Kind.SILENT, f"source:{source.pk}")
    assert "The token was revoked." in notice.text
    assert (Gap.objects.get().since, as_stored(source).state) == (at(10), State.STOPPED)
