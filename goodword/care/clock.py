"""Door for time: what nobody asks for still happens."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from goodword.care.attending import wake_attending
from goodword.care.chat_alarm import watch_chats
from goodword.care.decide import lapse_due
from goodword.care.grow_older import grow_older
from goodword.care.learn_causes import guess_next, teach_from_cases, to_teach
from goodword.care.look_again import look_again
from goodword.care.outbox import empty_outbox
from goodword.care.presence import forget_absent
from goodword.care.search_words import BATCH, index_everything, index_next
from goodword.care.snooze import wake_due
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import enqueue, every
from goodword.listen.models import Mention, Source
from goodword.triage.models import CauseLesson
from goodword.triage.readers import forget_deep_reader

_BATCHES_A_JOB = 5
_OLDER_AT_ONCE, _MOST_BATCHES = 500, 10  # some seconds of a core after a large import
_GUESSES_A_TICK = 200
_LOOKS_A_TICK = 13  # a fifth of a second of a core: what comes in meanwhile is hardly held up


@every("* * * * * */15")
def sweep_outbox(timestamp: int) -> None:
    """Send what is due though its job was lost, is to be tried again, or was left behind by a worker that died."""
    enqueue(empty_outbox, once="send:sweep")


@every("* * * * * */15")
def look_after_chats(timestamp: int) -> None:
    """Nobody is left waiting in front of a screen."""
    watch_chats(now=current_time())


@every("* * * * *")
def look_for_undecided_mentions(timestamp: int) -> None:
    """No mention stays without its disposition because a job was lost."""
    left = Mention.objects.filter(source_id=OuterRef("pk")).undecided()
    for source_id in Source.objects.filter(Exists(left)).values_list("pk", flat=True):
        wake_attending(source_id)


@every("* * * * * 3-59/5", queue="reading")  # not in the seconds in which so much else begins
def look_again_at_mentions(timestamp: int) -> None:
    """What was urgent or unclear is read more closely: little at a time, beside everything else."""
    if not look_again(limit=_LOOKS_A_TICK, now=current_time()):
        forget_deep_reader()


@every("*/10 * * * *", queue="reading")
def weigh_waiting(timestamp: int) -> None:
    """Who waits long moves up in the list by risk."""
    for _ in range(_MOST_BATCHES):
        if grow_older(limit=_OLDER_AT_ONCE, now=current_time()) < _OLDER_AT_ONCE:
            return


@every("40 2 * * *", queue="reading")
def teach_causes_anew(timestamp: int) -> None:
    """Once a night each workspace's lesson takes in what its agents confirmed."""
    for workspace_id in to_teach():
        teach_from_cases(workspace_id=workspace_id, now=current_time())


@every("* * * * * */30", queue="reading")
def guess_causes_of_new_cases(timestamp: int) -> None:
    """Where a lesson was taught, the cause of what is open is guessed before somebody resolves it."""
    for taught in CauseLesson.objects.order_by("pk"):
        guess_next(taught=taught, limit=_GUESSES_A_TICK)


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
    if _index(index_next):
        enqueue(index_what_was_said, once=index_what_was_said.name, timestamp=timestamp)


@every("17 3 * * *", queue="search")
def index_what_was_missed(timestamp: int) -> None:
    """Once a night all messages are looked through, not only the latest."""
    if _index(index_everything):
        enqueue(index_what_was_missed, once=index_what_was_missed.name, timestamp=timestamp)


def _index(batch: Callable[[], int]) -> bool:
    """Index some batches; whether there may be more. One job doesn't take all, so that files have their turn."""
    return all(batch() == BATCH for _ in range(_BATCHES_A_JOB))
