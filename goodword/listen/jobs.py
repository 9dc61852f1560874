"""Jobs of listening: what was taken in is understood, batch by batch."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.listen.understand import understand

BATCH = 1000


@task(queue="pipeline")
def understand_source(*, source_id: int) -> None:
    """Understand everything of a source that waits. Running it twice, or for nothing, does no harm."""
    while understand(source_id=source_id, limit=BATCH, now=current_time()).raws:
        pass


def wake(source_id: int) -> None:
    """Something came in. One waiting job per source is enough, since a job takes all there is."""
    enqueue(understand_source, once=f"understand:{source_id}", source_id=source_id)
