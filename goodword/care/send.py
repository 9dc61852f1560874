"""Send what is due. A reply that may have reached the network is asked for before anything is sent again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _

from goodword.care.claim import Claim, next_claim
from goodword.care.delivery import pause_before
from goodword.care.models import Delivery, Message
from goodword.care.outgoing import outgoing_of, source_of
from goodword.care.pay import paid
from goodword.care.settle import ask_later, mark_arrived, mark_failed, put_back, unknown
from goodword.connectors.charging import FindsForMoney
from goodword.connectors.contract import Outgoing, Receipt, Refused, Retry, Sends, Settings, Uncertain
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.seal import SealBroken
from goodword.listen.connector_failure import note_failure
from goodword.listen.models import Source
from goodword.listen.purse import SourcePurse

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
_PAUSES_WITHOUT_DATABASE = (0.2, 0.5, 1, 2, 4, 8)  # seconds; together well within a claim's lease


def send_due(*, now: datetime, limit: int) -> int:
    """Handle up to `limit` due replies, one after the other; how many there were. Safe in many workers at once.

    Call it outside any transaction: each claim is committed before anything leaves the house.
    """
    clock = _running_from(now)
    for handled in range(limit):
        with next_claim(clock()) as claim:
            if claim is None:
                return handled
            _handle(claim, clock)
    return limit


def _running_from(now: datetime) -> Clock:
    """A clock that shows `now` and goes on: sending takes time."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _handle(claim: Claim, clock: Clock) -> None:
    try:
        attempt = _Attempt.at(claim, clock)
    except (UnknownConnector, BrokenConnector, SealBroken, Refused) as error:
        mark_failed(claim=claim, reason=str(error), now=clock())
        return
    if claim.perhaps_sent:
        attempt.ask()
    else:
        attempt.send()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """All that one attempt needs, at hand before anything leaves the house."""

    claim: Claim
    source: Source
    connector: Sends
    can_ask: bool
    settings: Settings
    outgoing: Outgoing
    clock: Clock

    @classmethod
    def at(cls, claim: Claim, clock: Clock) -> Self:
        """Raises `Refused`, `UnknownConnector`, `BrokenConnector`, `SealBroken`: then nothing was sent."""
        source = source_of(claim.message)
        connector = source.connector
        if not isinstance(connector, Sends):
            raise Refused(_("This channel can't be answered any more."))
        try:
            outgoing = outgoing_of(claim.message)
        except FileNotFoundError as error:
            raise Refused(_("A file of this reply is gone: write a new one and attach it there.")) from error
        return cls(claim, source, connector, source.capabilities.can_find_sent, source.full_settings(), outgoing, clock)

    def send(self) -> None:
        """Send it, once."""
        try:
            with paid(self.source, self.outgoing, self.clock):
                receipt = self.connector.send(settings=self.settings, outgoing=self.outgoing, now=self.clock)
        except Refused as refusal:
            mark_failed(claim=self.claim, reason=str(refusal), now=self.clock())
        except Retry as retry:
            after = pause_before(self.claim.message.attempts + 1, retry.after)
            put_back(claim=self.claim, reason=str(retry), after=after, now=self.clock())
        except Uncertain:
            self._leave_open()
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  # third-party code: whether anything left the house isn't known
            self._note(error, "sending")
            self._leave_open()
        else:
            self._keep(receipt)

    def ask(self) -> None:
        """Ask the network whether an earlier attempt arrived. If it surely didn't, the reply is due again at once."""
        if not self.can_ask:
            self._leave_open()
            return
        try:
            receipt = self._find()
        except (Uncertain, Retry):
            self._leave_open()
        except Refused as refusal:
            mark_failed(claim=self.claim, reason=f"{unknown()} ({refusal})", now=self.clock())
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  # third-party code: it is asked again later, and not for ever
            self._note(error, "asking whether a reply arrived")
            self._leave_open()
        else:
            if receipt is not None and self._is_of_another(receipt):
                self._leave_open()
            elif receipt is not None:
                self._keep(receipt)
            else:
                reason = _("The last attempt was cut off; it did not arrive.")
                put_back(claim=self.claim, reason=reason, after=timedelta(), now=self.clock())

    def _find(self) -> Receipt | None:
        if not isinstance(self.connector, FindsForMoney):
            return self.connector.find_sent(settings=self.settings, outgoing=self.outgoing)
        purse = SourcePurse(self.source, self.connector.prices(self.settings).currency, self.clock)
        return self.connector.find_sent_within(
            settings=self.settings, outgoing=self.outgoing, now=self.clock, purse=purse
        )

    def _is_of_another(self, receipt: Receipt) -> bool:
        """Whether what the network found is an earlier reply of ours, e.g. one with the same words.

        An echo that bore no key is none: it may be of this reply, and was faster than its receipt.
        """
        message = self.claim.message
        same = Message.objects.of(message.workspace_id).filter(external_id=receipt.native_id).exclude(pk=message.pk)
        others = same.exclude(external_id="").exclude(idempotency_key=None)
        return any(source_of(other).pk == self.source.pk for other in others)

    def _note(self, error: Exception, doing: str) -> None:
        note_failure(error, source_id=self.source.pk, doing=doing)

    def _leave_open(self) -> None:
        if self.can_ask:
            ask_later(claim=self.claim, now=self.clock())
        else:
            mark_failed(claim=self.claim, reason=unknown(), now=self.clock())

    def _keep(self, receipt: Receipt) -> None:
        """Write the receipt down, over a restart of the database if need be: not every network can be asked."""
        for pause in (*_PAUSES_WITHOUT_DATABASE, None):
            try:
                mark_arrived(
                    message=self.claim.message,
                    to=Delivery(receipt.state.value),
                    external_id=receipt.native_id,
                    at=receipt.at,
                    now=self.clock(),
                )
            except (OperationalError, InterfaceError):
                if pause is None:
                    raise
                log.warning("the database is away; the receipt of message %s waits", self.claim.message.pk)
                connection.close()
                time.sleep(pause)
            else:
                return
