"""The process that listens: one thread a source, started and ended as sources come and go."""

from __future__ import annotations

import logging
import random
import threading
import time
from datetime import datetime, timedelta

from django.db import OperationalError, connection

from goodword.connectors.contract import Delivery, Listens, Refused, Retry
from goodword.kernel.clock import current_time
from goodword.kernel.seal import SealBroken
from goodword.listen import jobs
from goodword.listen.gaps import close_gap, open_gap
from goodword.listen.intake import take_in
from goodword.listen.locks import listening_lease
from goodword.listen.models import Source

log = logging.getLogger(__name__)

LOOK_FOR_SOURCES_EVERY = 2.0  # seconds
LONGEST_PAUSE = timedelta(minutes=10)


def run(stop: threading.Event) -> None:
    """Listen to every source that can be listened to, until `stop` is set. Returns when all threads have ended."""
    threads: dict[int, threading.Thread] = {}
    while not stop.is_set():
        for source_id in _wanted():
            if source_id not in threads or not threads[source_id].is_alive():
                threads[source_id] = threading.Thread(
                    target=_listen, args=(source_id, stop), name=f"listen-{source_id}", daemon=True
                )
                threads[source_id].start()
        stop.wait(LOOK_FOR_SOURCES_EVERY)
    for thread in threads.values():
        thread.join(timeout=10)


def _wanted() -> list[int]:
    """Ids of the sources to listen to; none while the database is away, which the caller outlives."""
    try:
        sources = Source.objects.filter(state__in=[Source.State.LISTENING, Source.State.FAILING])
        return [source.pk for source in sources if isinstance(source.connector, Listens)]
    except OperationalError:
        log.warning("the database is away; trying again")
        return []
    finally:
        connection.close()


def _listen(source_id: int, stop: threading.Event) -> None:
    """Listen to one source until it is stopped, trying again after faults with a growing, jittered pause."""
    faults = 0
    try:
        with listening_lease(source_id) as held:
            while held and not stop.is_set():
                pause = _listen_once(source_id, stop)
                if pause is None:
                    return
                faults = faults + 1 if pause else 0
                _wait(stop, pause, faults)
    except OperationalError:
        log.warning("listening to source %s lost the database; it starts again", source_id)
    finally:
        connection.close()


def _wait(stop: threading.Event, pause: timedelta, faults: int) -> None:
    longest = min(LONGEST_PAUSE, pause * 2 ** min(faults, 6))
    stop.wait(random.uniform(0.5, 1.0) * longest.total_seconds())  # noqa: S311  # jitter, not a secret


def _listen_once(source_id: int, stop: threading.Event) -> timedelta | None:
    """Take in what comes. The pause to make before trying again; None when the source shall not be listened to."""
    source = Source.objects.select_related("workspace").get(pk=source_id)
    if source.state not in {Source.State.LISTENING, Source.State.FAILING}:
        return None
    connector = source.connector
    if not isinstance(connector, Listens):
        return None
    was_deaf = source.gaps.filter(until=None).exists()
    still_wanted = _Wanted(source_id, stop)
    try:
        for delivery in connector.listen(
            settings=source.full_settings(), cursor=source.cursor, stop=still_wanted.ended, now=current_time
        ):
            _deliver(source, delivery, current_time())
            if was_deaf:
                close_gap(source=source, filled=bool(source.cursor), now=current_time())
                was_deaf = False
    except Retry as fault:
        open_gap(source=source, reason=str(fault), state=Source.State.FAILING, now=current_time())
        return fault.after
    except (Refused, SealBroken) as fault:
        open_gap(source=source, reason=str(fault), state=Source.State.STOPPED, now=current_time())
        return None
    return timedelta(0) if not stop.is_set() else None


def _deliver(source: Source, delivery: Delivery, now: datetime) -> None:
    taken = take_in(source=source, delivery=delivery, now=now)
    if taken.new:
        jobs.wake(source.pk)


class _Wanted:
    """Whether a source shall still be listened to: asked of the database at most once a second."""

    def __init__(self, source_id: int, stop: threading.Event) -> None:
        self._source_id = source_id
        self._stop = stop
        self._asked = time.monotonic()
        self._ended = False

    def ended(self) -> bool:
        """For the connector: whether to end."""
        if self._stop.is_set():
            return True
        if time.monotonic() - self._asked > 1:
            self._asked = time.monotonic()
            states = Source.objects.filter(pk=self._source_id).values_list("state", flat=True)
            self._ended = states.first() not in {Source.State.LISTENING, Source.State.FAILING}
        return self._ended
