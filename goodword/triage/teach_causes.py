"""Learn a workspace's causes from the cases whose cause an agent confirmed, and guess by what was learned.

What learns is imported on first use: the web, which only asks what was guessed, never loads it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from goodword.kernel import files
from goodword.triage.models import CauseLesson

if TYPE_CHECKING:
    from goodword.language.teaching.lesson import Lesson


@dataclass(frozen=True, slots=True)
class CauseExample:
    """What a customer wrote, and the id of the cause that an agent confirmed."""

    text: str
    cause_id: int


@dataclass(frozen=True, slots=True)
class GuessedCause:
    """The likeliest cause, by id, and the chance that it is right; None where the lesson would rather not say."""

    cause_id: int | None
    chance: float


def teach_causes(*, workspace_id: int, examples: Sequence[CauseExample], now: datetime) -> CauseLesson | None:
    """Learn from the words alone, in seconds, and replace the workspace's lesson; None with fewer than two causes,
    or where none has two examples to try the lesson on."""
    from goodword.language.teaching import lesson

    shown = [lesson.Example(example.text, str(example.cause_id)) for example in examples]
    try:
        learned = lesson.learn(shown, with_encoder=False)
    except lesson.NothingToLearn:
        return None
    accuracy = learned.trust.accuracy
    return None if accuracy is None else _keep_lesson(workspace_id, learned, len(shown), accuracy, now)


@transaction.atomic
def _keep_lesson(workspace_id: int, learned: Lesson, examples: int, accuracy: float, now: datetime) -> CauseLesson:
    before = CauseLesson.objects.of(workspace_id).select_for_update().first()
    kept = before or CauseLesson(workspace_id=workspace_id)
    old_file = kept.stored_as
    kept.taught_at, kept.examples, kept.accuracy = now, examples, accuracy
    kept.stored_as = files.keep(workspace_id, _as_bytes(learned))
    kept.save()
    if old_file and old_file != kept.stored_as:
        transaction.on_commit(lambda: files.discard_unused(workspace_id, old_file))
    return kept


def guess_causes(taught: CauseLesson, texts: Sequence[str]) -> list[GuessedCause]:
    """A guess for each text, in order."""
    found = []
    for guess in _load(files.path_of(taught.workspace_id, taught.stored_as)).guess(texts):
        label, chance = max(guess.label.items(), key=lambda pair: pair[1])
        found.append(GuessedCause(None if guess.abstain else int(label), chance))
    return found


def _as_bytes(learned: Lesson) -> bytes:
    from goodword.language.teaching import store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lesson"
        store.save(learned, path)
        return path.read_bytes()


@lru_cache(maxsize=4)
def _load(path: Path) -> Lesson:
    """A file's name follows from its content, so that what was loaded never goes stale."""
    from goodword.language.teaching import store

    return store.load(path)
