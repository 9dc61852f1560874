"""Door for time: what nobody asks for still happens."""

from __future__ import annotations

from goodword.care.chat_alarm import watch_chats
from goodword.care.decide import lapse_due
from goodword.care.outbox import empty_outbox
from goodword.care.presence import forget_absent
from goodword.care.search_words import BATCH, index_everything, index_next
from goodword.care.snooze import wake_due
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, every


@every("* * * * * */15")
def sweep_outbox(timestamp: int) -> None:
    """Send what is due though its job was lost, is to be tried again, or was left behind by a worker that died."""
    enqueue(empty_outbox, once="send:sweep")


@every("* * * * * */15")
def look_after_chats(timestamp: int) -> None:
    """Nobody is left waiting in front of a screen."""
    watch_chats(now=current_time())


@every("*/10 * * * *")
def forget_presences(timestamp: int) -> None:
    """Nobody is kept on record as looking at a case."""
    forget_absent(now=current_time())


@every("* * * * *")
def wake_snoozed(timestamp: int) -> None:
    """Snoozed cases wake at their time, to the minute."""
    while wake_due(now=current_time()):
        pass


@every("*/10 * * * *")
def lapse_resolutions(timestamp: int) -> None:
    """A resolution that nobody decided on in five days lapses."""
    while lapse_due(now=current_time()):
        pass


@every("* * * * * */5", queue="search")
def index_what_was_said(timestamp: int) -> None:
    """What was said is found some seconds later; after an import, as fast as it can be indexed."""
    while index_next() == BATCH:
        pass


@every("17 3 * * *", queue="search")
def index_what_was_missed(timestamp: int) -> None:
    """Once a night all messages are looked through, not only the latest."""
    while index_everything() == BATCH:
        pass
