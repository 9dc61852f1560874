"""Whoever finds another at work on a source goes on to the next one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from procrastinate.contrib.django.models import ProcrastinateJob

from goodword.care.attending import attend_source
from goodword.listen import jobs
from goodword.listen.jobs import understand_source
from goodword.listen.locks import Left, Step, work_in_turns
from goodword.listen.models import Mention, MentionEdit
from goodword.listen.own_words import keep_own_words
from tests.listen.heard import at, hear, hear_and_understand, line, open_file_source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("impatient")]


@pytest.fixture
def impatient() -> Iterator[None]:
    """Who waits for a lock fails, instead of hanging."""
    forget_jobs()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'")
        yield
        cursor.execute("RESET lock_timeout")
    forget_jobs()


def forget_jobs() -> None:
    """Django does not empty tables that are not its own."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@contextmanager
def somebody_else() -> Iterator[BaseDatabaseWrapper]:
    """Another connection, within a transaction."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        yield other
        other.rollback()
    finally:
        other.close()


@contextmanager
def taken_by_another(step: Step, source_id: int) -> Iterator[None]:
    with somebody_else() as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [int(step), source_id])
        yield


def looked_at_again(name: str) -> list[bool]:
    """Of each job that waits, whether it does so until some time."""
    waiting = ProcrastinateJob.objects.filter(status="todo", task_name=name)
    return [job.scheduled_at is not None for job in waiting]


def test_understanding_does_not_wait_for_its_turn_but_looks_again() -> None:
    source = open_file_source()
    hear(source, line("1"))
    forget_jobs()
    with taken_by_another(Step.UNDERSTANDING, source.pk):
        understand_source(source_id=source.pk)
        understand_source(source_id=source.pk)
    assert (Mention.objects.count(), looked_at_again(understand_source.name)) == (0, [True])
    understand_source(source_id=source.pk)
    assert Mention.objects.count() == 1


def test_attending_does_not_wait_for_its_turn_but_looks_again() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1"))
    with taken_by_another(Step.ATTENDING, source.pk):
        attend_source(source_id=source.pk)
    assert (Mention.objects.undecided().count(), looked_at_again(attend_source.name)) == (1, [True])
    attend_source(source_id=source.pk)
    assert not Mention.objects.undecided().exists()


def test_a_job_takes_some_batches_and_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 1)
    monkeypatch.setattr(jobs, "BATCHES_A_JOB", 2)
    source = open_file_source()
    hear(source, line("1"), line("2"), line("3"))
    forget_jobs()
    understand_source(source_id=source.pk)
    assert (Mention.objects.count(), looked_at_again(understand_source.name)) == (2, [False])


def test_what_is_left_is_told() -> None:
    found = iter([3, 1, 0])
    assert work_in_turns(Step.INTAKE, 1, lambda: next(found), at_most=2) is Left.MORE
    assert work_in_turns(Step.INTAKE, 1, lambda: next(found), at_most=2) is Left.NOTHING


def kept(answered: Mention, text: str = "We are sorry.") -> Mention:
    return keep_own_words(
        source=answered.source, answered=answered, external_id="own-1", text=text,
        private=False, automatic=False, at=at(70), now=at(71),
    )  # fmt: skip


def test_our_own_words_are_kept_once_and_wait_for_no_turn() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1"))
    with taken_by_another(Step.UNDERSTANDING, source.pk):
        first = kept(Mention.objects.get())
        assert kept(first, "Said again") == first
    assert Mention.objects.get(external_id="own-1").text == "We are sorry."


def test_understanding_goes_on_when_our_own_words_were_kept_meanwhile() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1"))
    kept(Mention.objects.get())
    hear(source, line("own-1", "We are sorry.", direction="out"), line("2"))
    with somebody_else() as other, other.cursor() as cursor:
        with connection.cursor() as mine:  # the words as another transaction keeps them, not to be seen yet
            mine.execute("CREATE TEMP TABLE own AS SELECT * FROM listen_mention WHERE external_id = 'own-1'")
            mine.execute("SELECT to_jsonb(own) FROM own")
            (row,) = mine.fetchone()
            mine.execute("DROP TABLE own")
            mine.execute("DELETE FROM listen_mention WHERE external_id = 'own-1'")
        insert = "INSERT INTO listen_mention SELECT * FROM jsonb_populate_record(NULL::listen_mention, %s::jsonb)"
        cursor.execute(insert, [row])
        committing = threading.Thread(target=_commit_when_waited_for, args=[other])
        committing.start()
        understand_source(source_id=source.pk)
        committing.join()
    assert sorted(Mention.objects.values_list("external_id", flat=True)) == ["1", "2", "own-1"]
    assert not MentionEdit.objects.exists()


def _commit_when_waited_for(other: BaseDatabaseWrapper) -> None:
    other.inc_thread_sharing()
    with other.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
            if cursor.fetchone()[0]:
                break
            time.sleep(0.01)
    other.commit()
    other.dec_thread_sharing()
