"""The job that looks at files."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.listen.attach import attach_waiting

BATCH = 20


@task(queue="files", alone=True)
def look_at_attachments(*, after_id: int = 0) -> None:
    """Look at the next files that wait, and leave those after them to another job: fetching takes its time."""
    last = attach_waiting(after_id=after_id, limit=BATCH, now=current_time())
    if last is not None:
        enqueue(look_at_attachments, once="attachments", after_id=last)


def wake_attaching() -> None:
    """Files came, or some wait for another try."""
    enqueue(look_at_attachments, once="attachments")
