"""The job that looks at files."""

from __future__ import annotations

from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, task
from goodword.listen.attach import attach_waiting

BATCH = 50


@task(queue="files")
def look_at_attachments() -> None:
    """Look at every file that waits, once each."""
    last: int | None = 0
    while last is not None:
        last = attach_waiting(after_id=last, limit=BATCH, now=current_time())


def wake_attaching() -> None:
    """Files came, or some wait for another try."""
    enqueue(look_at_attachments, once="attachments")
