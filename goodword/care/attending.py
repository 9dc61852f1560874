"""The job that attends to what was heard."""

from __future__ import annotations

from datetime import timedelta

from goodword.care.attend import attend
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.listen.locks import Left, Step, work_in_turns

BATCH = 200  # what is read and matched without loading a compiler: a burst must not begin with seconds of that
BATCHES_A_JOB = 12  # then the jobs of other sources have theirs
LOOK_AGAIN_AFTER = timedelta(seconds=2)  # who has the turn may have looked just before this was heard


@task(queue="pipeline")
def attend_source(*, source_id: int) -> None:
    """Give the waiting mentions of a source their dispositions. Running it twice, or for nothing, does no harm."""
    left = work_in_turns(
        Step.ATTENDING,
        source_id,
        lambda: attend(source_id=source_id, limit=BATCH, now=current_time()),
        at_most=BATCHES_A_JOB,
    )
    if left is not Left.NOTHING:
        wake_attending(source_id, after=LOOK_AGAIN_AFTER if left is Left.TAKEN else None)


def wake_attending(source_id: int, *, after: timedelta | None = None) -> None:
    """Mentions wait. One waiting job per source is enough: it goes on until nothing is left."""
    at = current_time() + after if after else None
    enqueue(attend_source, at=at, once=f"attend:{source_id}", source_id=source_id)


def attend_to_all(source_id: int) -> None:
    """Attend to everything that waits now, waiting for the turn if need be: what follows needs it done."""
    while attend(source_id=source_id, limit=BATCH, now=current_time()):
        pass
