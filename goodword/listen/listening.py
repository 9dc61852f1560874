"""The process that listens: one thread a source, started and ended as sources come and go."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection

from goodword.connectors.charging import BudgetSpent, ListensForMoney
from goodword.connectors.contract import Delivery, Listens, Overhears, Refused, Retry
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.clock import current_time
from goodword.kernel.seal import SealBroken
from goodword.listen import jobs
from goodword.listen.connector_failure import note_failure
from goodword.listen.gaps import give_up, note_absence, open_gap, rest_for_money
from goodword.listen.intake import take_in
from goodword.listen.interest import WorkspaceInterest
from goodword.listen.locks import listening_lease
from goodword.listen.models import Source
from goodword.listen.purse import SourcePurse

log = logging.getLogger(__name__)

LOOK_FOR_SOURCES_EVERY = 2.0  # seconds
SHORTEST_PAUSE = timedelta(seconds=1)  # after a connector that ends by itself
PAUSE_AFTER_FAILURE = timedelta(seconds=30)
PAUSE_AFTER_ODD_ANSWER = timedelta(hours=1)
LONGEST_PAUSE = timedelta(minutes=10)
DATABASE_AWAY = (OperationalError, InterfaceError)


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
        return [source.pk for source in Source.objects.filter(state__in=Source.WANTED) if _listener(source)]
    except DATABASE_AWAY:
        log.warning("the database is away; trying again")
        return []
    finally:
        connection.close()


def _listener(source: Source) -> Listens | None:
    """Its connector, if that listens. One that can't be had stops this source, with the reason, and no other."""
    try:
        return source.connector if isinstance(source.connector, Listens) else None
    except (UnknownConnector, BrokenConnector) as error:
        give_up(source=source, reason=str(error), now=current_time())
        return None


def _listen(source_id: int, stop: threading.Event) -> None:
    """Listen to one source until it is stopped, trying again after faults with a growing, jittered pause."""
    faults = 0
    try:
        with listening_lease(source_id) as held:
            if held and (source := Source.objects.filter(pk=source_id).first()):
                note_absence(source=source, now=current_time())
            while held and not stop.is_set():
                ended = _listen_once(source_id, stop)
                if ended.again_after is None:
                    return
                faults = (0 if ended.heard else faults) + ended.failed
                if _rest(pause(ended.again_after, faults), source_id, stop):
                    faults = 0
    except DATABASE_AWAY:
        log.warning("listening to source %s lost the database; it starts again", source_id)
    finally:
        connection.close()


def pause(after: timedelta, faults: int) -> timedelta:
    """How long to wait: `after` at least, and longer with each of the `faults` in a row; jittered."""
    longest = min(LONGEST_PAUSE, after * 2 ** min(faults, 6))
    jittered: timedelta = longest * random.uniform(0.5, 1.0)  # noqa: S311  # no secret
    return max(after, jittered)


@dataclass(frozen=True, slots=True)
class _Ended:
    """How listening ended."""

    again_after: timedelta | None  # None: not to be listened to
    heard: bool = False  # anything was delivered
    failed: bool = False


def _listen_once(source_id: int, stop: threading.Event) -> _Ended:
    """Take in what comes, until the connector ends, by itself or by a fault that the ledger of gaps then tells of."""
    source = Source.objects.select_related("workspace").filter(pk=source_id, state__in=Source.WANTED).first()
    if source is None or (connector := _listener(source)) is None:
        return _Ended(None)
    heard = False
    ended = _Wanted(source, stop).ended
    try:
        for delivery in _deliveries(connector, source, ended):
            _deliver(source, delivery, current_time())
            heard = True
    except BudgetSpent as rest:
        rest_for_money(source=source, reason=str(rest), now=current_time())
        return _Ended(rest.after, heard)
    except Retry as fault:
        open_gap(source=source, reason=str(fault), state=Source.State.FAILING, now=current_time())
        return _Ended(fault.after, heard, failed=True)
    except Refused as fault:
        if not (fault.perhaps_passing and (heard or source.last_alive_at)):
            give_up(source=source, reason=str(fault), now=current_time())
            return _Ended(None)
        open_gap(source=source, reason=str(fault), state=Source.State.FAILING, now=current_time())
        return _Ended(PAUSE_AFTER_ODD_ANSWER, heard, failed=True)
    except SealBroken as fault:
        give_up(source=source, reason=str(fault), now=current_time())
        return _Ended(None)
    except DATABASE_AWAY:
        raise
    # Third-party code: whatever it raises, the source must be seen to fail and be tried again, not end in silence.
    except Exception as error:  # noqa: BLE001
        reason = note_failure(error, source_id=source_id, doing="listening")
        open_gap(source=source, reason=reason, state=Source.State.FAILING, now=current_time())
        return _Ended(PAUSE_AFTER_FAILURE, heard, failed=True)
    return _Ended(SHORTEST_PAUSE, heard)


def _deliveries(connector: Listens, source: Source, stop: Callable[[], bool]) -> Iterator[Delivery]:
    settings, cursor = source.full_settings(), source.cursor
    if isinstance(connector, Overhears):
        return connector.overhear(
            settings=settings, cursor=cursor, stop=stop, now=current_time, interest=WorkspaceInterest(source)
        )
    if isinstance(connector, ListensForMoney):
        purse = SourcePurse(source, connector.prices(settings).currency, current_time)
        return connector.listen_within(settings=settings, cursor=cursor, stop=stop, now=current_time, purse=purse)
    return connector.listen(settings=settings, cursor=cursor, stop=stop, now=current_time)


def _deliver(source: Source, delivery: Delivery, now: datetime) -> None:
    taken = take_in(source=source, delivery=delivery, now=now)
    if taken.new:
        jobs.wake(source.pk)


def _rest(pause: timedelta, source_id: int, stop: threading.Event) -> bool:
    """Pause, or until the settings are changed, or somebody stops it or has it go on: whether it was cut short."""
    until, before = time.monotonic() + pause.total_seconds(), _settings_of(source_id)
    while (left := until - time.monotonic()) > 0 and not stop.wait(min(left, LOOK_FOR_SOURCES_EVERY)):
        if left > LOOK_FOR_SOURCES_EVERY and (not _is_failing(source_id) or _settings_of(source_id) != before):
            return True
    return False


def _is_failing(source_id: int) -> bool:
    """As every source is that rests for long, until somebody stops it or has it go on."""
    return Source.objects.filter(pk=source_id, state=Source.State.FAILING).exists()


def _settings_of(source_id: int) -> tuple[object, bytes] | None:
    row = Source.objects.filter(pk=source_id).values_list("settings", "sealed_secrets").first()
    return (row[0], bytes(row[1])) if row else None


class _Wanted:
    """Whether a source shall still be listened to in this way: asked of the database at most once a second."""

    def __init__(self, source: Source, stop: threading.Event) -> None:
        self._source_id = source.pk
        self._settings = (source.settings, bytes(source.sealed_secrets))
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
            self._ended = states.first() not in Source.WANTED or _settings_of(self._source_id) != self._settings
        return self._ended
