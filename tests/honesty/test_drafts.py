"""What the worker answers, and what is known without it."""

from __future__ import annotations

import pytest
from django.db import connection

from goodword.honesty.drafts import ask_worker, check_draft, forget_drafts, read_words
from goodword.honesty.models import DraftCheck
from tests.care.world import World, at

BLAME = "It was the courier who lost it, so please complain to them."


@pytest.fixture
def worker(db: None) -> None:
    """The sign of life that a worker gives."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def test_without_a_worker_usual_words_are_all_there_is(world: World) -> None:
    read = ask_worker(world.workspace, "You should have read the terms.", public=True, now=at(0))
    assert ([each.flag for each in read.findings], read.whole) == (["blame"], True)
    assert not DraftCheck.objects.exists()


def test_the_worker_is_asked_once_and_finds_what_usual_words_do_not(world: World, worker: None) -> None:
    for _ in range(2):
        assert not ask_worker(world.workspace, BLAME, public=True, now=at(0)).whole
    asked = DraftCheck.objects.get()
    check_draft(check_id=asked.pk)
    read = read_words(world.workspace, BLAME, public=True)
    assert (read.whole, [each.flag for each in read.findings]) == (True, ["blame"])
    asked.refresh_from_db()
    assert asked.text == "", "the words are not kept"
    assert not read_words(world.workspace, BLAME, public=False).whole
    assert not read_words(World("other").workspace, BLAME, public=True).whole


def test_the_worker_judges_no_words_of_a_language_it_has_not_learned(world: World, worker: None) -> None:
    text = "Teidän olisi pitänyt tietää se, se lukee etiketissä, emme voi tehdä asialle mitään."
    ask_worker(world.workspace, text, public=True, now=at(0))
    check_draft(check_id=DraftCheck.objects.get().pk)
    assert read_words(world.workspace, text, public=True).findings == []


def test_drafts_are_forgotten_soon(world: World, worker: None) -> None:
    ask_worker(world.workspace, BLAME, public=True, now=at(0))
    forget_drafts(now=at(9))
    assert DraftCheck.objects.exists()
    forget_drafts(now=at(11))
    assert not DraftCheck.objects.exists()
