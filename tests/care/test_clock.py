from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from goodword.care import clock
from goodword.care.attending import attend_source
from goodword.care.clock import index_what_was_said, look_for_undecided_mentions
from goodword.care.models import SearchDocument
from goodword.care.search_words import BATCH
from tests.care.world import World
from tests.listen.heard import hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db


def waiting(name: str) -> int:
    return ProcrastinateJob.objects.filter(status="todo", task_name=name).count()


def test_undecided_mentions_of_any_source_are_looked_for() -> None:
    source = open_file_source()
    look_for_undecided_mentions(timestamp=0)
    assert waiting(attend_source.name) == 0
    hear_and_understand(source, line("1"))
    for timestamp in (60, 120):
        look_for_undecided_mentions(timestamp=timestamp)
    assert waiting(attend_source.name) == 1


def test_indexing_much_takes_several_jobs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.case()
    for _ in range(3):
        world.inbound(case)
    batches = iter([BATCH] * 6)
    monkeypatch.setattr(clock, "index_next", lambda: next(batches))
    index_what_was_said(timestamp=0)
    assert (len(list(batches)), waiting(index_what_was_said.name)) == (1, 1)
    monkeypatch.undo()
    index_what_was_said(timestamp=5)
    assert SearchDocument.objects.filter(case=case).count() >= 3
