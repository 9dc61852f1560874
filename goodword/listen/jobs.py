"""Jobs of listening: what was taken in is understood, and the past looked through, batch by batch."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.listen.locks import Left, Step, work_in_turns
from goodword.listen.past_matches import look_at_past
from goodword.listen.understand import understand_surely
from goodword.listen.understand_again import understand_again

BATCH = 1000
BATCHES_A_JOB = 5  # then the jobs of other sources have theirs
LOOK_AGAIN_AFTER = timedelta(seconds=2)  # who has the turn may have looked just before this came in


@task(queue="pipeline")
def understand_source(*, source_id: int) -> None:
    """Understand what waits of a source. Running it twice, or for nothing, does no harm."""
    left = work_in_turns(Step.UNDERSTANDING, source_id, lambda: _understand(source_id), at_most=BATCHES_A_JOB)
    if left is not Left.NOTHING:
        wake(source_id, after=LOOK_AGAIN_AFTER if left is Left.TAKEN else None)


@task(queue="pipeline")
def understand_rejected(*, source_id: int, after: int = 0) -> None:
    """Try all rejected items of a source again, batch by batch. Running it twice, or for nothing, does no harm."""
    _done, last = understand_again(source_id=source_id, after=after, limit=BATCH, now=current_time())
    if last is not None:
        enqueue(understand_rejected, source_id=source_id, after=last)


@task(queue="search")
def look_through_past(*, search_id: int, version: int, before_at: str | None = None, before_id: int = 0) -> None:
    """Look at some batches of the past, and go on in a job of its own; what a later version looks for is its own."""
    before = (datetime.fromisoformat(before_at), before_id) if before_at else None
    for _batch in range(BATCHES_A_JOB):
        before = look_at_past(search_id=search_id, version=version, before=before, now=current_time())
        if before is None:
            return
    if before is not None:
        at, before_id = before
        enqueue(look_through_past, search_id=search_id, version=version, before_at=at.isoformat(), before_id=before_id)


def try_rejected(source_id: int) -> None:
    """Let all rejected items of a source be tried again."""
    enqueue(understand_rejected, once=f"understand-rejected:{source_id}", source_id=source_id)


def wake(source_id: int, *, after: timedelta | None = None) -> None:
    """Something came in. One waiting job per source is enough: it goes on until nothing is left."""
    at = current_time() + after if after else None
    enqueue(understand_source, at=at, once=f"understand:{source_id}", source_id=source_id)


def _understand(source_id: int) -> int:
    return understand_surely(source_id=source_id, limit=BATCH, now=current_time()).raws
