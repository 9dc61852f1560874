"""What a restored installation must know before anything of it starts: it was away, and the world went on."""

from __future__ import annotations

from goodword.care.doubt_outbox import doubt_outbox
from goodword.config.processes.migrations import make_tables
from goodword.kernel.clock import current_time
from goodword.learn.letter_post import doubt_letters
from goodword.staff.deliver_webhooks import doubt_deliveries


def send_nothing_twice() -> int:
    """Doubt all that the backup holds as still to be sent: it may have gone out since. How much there was."""
    make_tables()  # the verbs are of this release, and the backup may be of an earlier one
    now = current_time()
    return doubt_outbox(now=now) + doubt_deliveries() + doubt_letters(now=now)
