"""One thread a source: none of them takes another down, and each trouble stands in the ledger."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kernel.clock import current_time
from goodword.listen import listening
from goodword.listen.listening import LONGEST_PAUSE, SHORTEST_PAUSE, pause
from goodword.listen.models import Gap, RawItem, Source
from goodword.listen.sources import resume_source, stop_source
from goodword.staff.models import Workspace
from tests.listen.foreign import SECRET, foreign_installed, foreign_source

State = Source.State
PATIENCE = 30.0  # seconds


@pytest.fixture
def workspace(transactional_db: None) -> Iterator[Workspace]:
    with foreign_installed():
        yield Workspace.objects.create(name="Harbour", slug="harbour")


@contextmanager
def being_listened_to() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=listening.run, args=[stop], daemon=True)
    thread.start()
    try:
        yield
        assert thread.is_alive(), "nobody listens any more"
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def state_of(source: Source) -> tuple[str, str]:
    return Source.objects.values_list("state", "error").get(pk=source.pk)


def test_each_trouble_is_its_own_sources(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    gone = foreign_source(workspace, "gone", key="gone")
    fails = foreign_source(workspace, "fails", mute=True, then="fails")
    refuses = foreign_source(workspace, "refuses", then="refuses")
    waits = foreign_source(workspace, "waits", then="waits")
    passing = foreign_source(workspace, "passing", then="oddly")
    never_worked = foreign_source(workspace, "never worked", mute=True, then="oddly")
    sound = foreign_source(workspace, "sound")
    troubled = [gone, fails, refuses, waits, passing, never_worked]
    with being_listened_to():
        wait_until(lambda: Gap.objects.filter(source__in=troubled, until=None).count() == len(troubled))
        wait_until(lambda: RawItem.objects.filter(source=sound).exists())
    assert state_of(gone)[0] == State.STOPPED
    assert "'gone'" in state_of(gone)[1]
    assert state_of(fails) == (State.FAILING, "The connector failed (KeyError).")
    assert state_of(refuses) == (State.STOPPED, "Sign in again.")
    assert state_of(passing) == (State.FAILING, "A proxy's page.")
    assert state_of(never_worked)[0] == State.STOPPED
    assert state_of(waits) == (State.FAILING, "The line is busy.")
    assert state_of(sound) == (State.LISTENING, "")
    assert f"source {fails.pk} failed while listening: KeyError" in caplog.text
    assert "foreign.py" in caplog.text, "where it failed"
    assert SECRET not in caplog.text


@pytest.mark.parametrize(("cursor", "filled"), [({"n": 3}, True), ({}, False)])
def test_the_time_in_which_the_process_was_down_is_a_closed_gap(
    workspace: Workspace, cursor: dict[str, int], filled: bool
) -> None:
    source = foreign_source(workspace, "line")
    long_ago = current_time() - timedelta(hours=1)
    Source.objects.filter(pk=source.pk).update(last_alive_at=long_ago, cursor=cursor)
    with being_listened_to():
        wait_until(RawItem.objects.exists)
    gap = Gap.objects.get()
    assert (gap.since, gap.until is not None, gap.filled_at is not None) == (long_ago, True, filled)


def test_a_connector_that_ends_by_itself_is_started_again_after_a_pause(workspace: Workspace) -> None:
    foreign_source(workspace, "line", then="ends")
    with being_listened_to():
        wait_until(lambda: RawItem.objects.count() >= 2)
    first, second = RawItem.objects.order_by("id")[:2]
    assert second.received_at - first.received_at >= SHORTEST_PAUSE
    assert not Gap.objects.exists()


@pytest.mark.parametrize("trouble", ["waits", ""])
def test_other_settings_are_listened_with_at_once_and_from_where_it_was(workspace: Workspace, trouble: str) -> None:
    """Whether it rests for minutes after a fault, or listens happily with the old ones."""
    source = foreign_source(workspace, "line", then=trouble)
    with being_listened_to():
        wait_until(RawItem.objects.exists)
        if trouble:
            wait_until(lambda: state_of(source)[0] == State.FAILING)
        Source.objects.filter(pk=source.pk).update(settings={"then": "ends"})
        wait_until(lambda: RawItem.objects.count() >= 2)
    assert {raw.delivery_id for raw in RawItem.objects.all()} >= {"1", "2"}
    assert state_of(source) == (State.LISTENING, "")


def test_who_has_a_source_that_rests_go_on_is_not_kept_waiting(workspace: Workspace) -> None:
    source = foreign_source(workspace, "line", then="waits")
    with being_listened_to():
        wait_until(lambda: state_of(source)[0] == State.FAILING)
        stop_source(source=source, by=None, reason="Enough", now=current_time())
        resume_source(source=source, by=None, now=current_time())
        wait_until(lambda: RawItem.objects.count() >= 2)


@given(st.timedeltas(timedelta(seconds=1), timedelta(hours=2)), st.integers(0, 10_000))
def test_a_pause_is_never_shorter_than_asked_nor_longer_than_the_longest(after: timedelta, faults: int) -> None:
    waits = pause(after, faults)
    assert after <= waits <= max(after, LONGEST_PAUSE)
    if faults >= 6 and after <= LONGEST_PAUSE / 64:
        assert waits >= after * 32, "it grows with the faults in a row"
