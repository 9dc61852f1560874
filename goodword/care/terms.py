"""On what terms a case can be answered: what the composer shows, and what `queue_reply` holds to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodword.care.models import Case, Enclosure, Message, MessageKind
from goodword.connectors.contract import Capabilities, Sends
from goodword.connectors.length import length
from goodword.listen.models import Mention, Source
from goodword.listen.models.mention import UNSHOWN


class NotAllowed(Exception):
    """The channel, or the state of its source, does not let us do this; the message says what to do instead."""


class NoWords(Exception):
    """There is nothing in it."""


class TooLong(Exception):
    """Longer than the channel takes; both figures are in the channel's own unit."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            _("%(length)d of %(limit)d: shorten it by %(over)d.")
            % {"length": length, "limit": limit, "over": length - limit}
        )
        self.length, self.limit = length, limit


class WindowClosed(Exception):
    """The channel takes replies only for some time after the customer's last message, and that time is over."""

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(_("This channel no longer takes a reply here: wait for the customer to write again."))
        self.closed_at = closed_at


@dataclass(frozen=True, slots=True)
class Terms:
    """How a case can be answered now. The answer goes to where the customer wrote last."""

    source: Source
    capabilities: Capabilities
    answered: Message | None  # the customer's newest message on a channel
    refusal: str  # why nothing can be answered here; empty if it can
    closes_at: datetime | None

    @property
    def heard(self) -> Mention | None:
        """What the answer answers, as it was heard."""
        return self.answered.mention if self.answered else None

    def becomes_private(self, asked: bool) -> bool:
        """Whether a reply is private: where nothing is public, and to private words, it always is."""
        return asked or not self.capabilities.public or (self.heard is not None and self.heard.private)

    def _closes_at(self, private: bool) -> datetime | None:
        """Until when: a private reply to public words has a window of its own."""
        first = self.capabilities.first_private_window
        if first is not None and private and self.heard is not None and not self.heard.private:
            return self.heard.at + first
        return self.closes_at

    def check(self, *, text: str, private: bool, enclosures: Sequence[Enclosure], now: datetime) -> None:
        """Raise `NotAllowed`, `NoWords`, `TooLong` or `WindowClosed` unless the channel takes this reply."""
        if self.refusal:
            raise NotAllowed(self.refusal)
        if not text and not enclosures:
            raise NoWords(_("Write something first."))
        if self.capabilities.public and private and not self.capabilities.can_reply_privately:
            raise NotAllowed(_("%(source)s has no private replies.") % {"source": self.source.name})
        closes_at = self._closes_at(private)
        if closes_at is not None and closes_at <= now:
            raise WindowClosed(closes_at)
        limit = self.capabilities.max_length
        if limit is not None and (measured := length(text, self.capabilities.count)) > limit:
            raise TooLong(measured, limit)
        if len(enclosures) > self.capabilities.max_attachments:
            raise NotAllowed(
                _("%(source)s takes at most %(count)d files with a reply.")
                % {"source": self.source.name, "count": self.capabilities.max_attachments}
            )


def terms_of(case: Case) -> Terms:
    """The terms of answering `case`, by its newest message of the customer."""
    return _terms(case, _newest_first(case.workspace_id).filter(case=case).first())


def terms_of_many(workspace_id: int, cases: Collection[Case]) -> dict[int, Terms]:
    """By id of the case, in one query."""
    newest = _newest_first(workspace_id).filter(case__in=cases).order_by("case_id", "-at", "-id").distinct("case_id")
    answered = {message.case_id: message for message in newest}
    return {case.pk: _terms(case, answered.get(case.pk)) for case in cases}


def _newest_first(workspace_id: int) -> QuerySet[Message]:
    messages = Message.objects.of(workspace_id).filter(kind=MessageKind.INBOUND, mention__isnull=False)
    unshown = ("mention__text", *(f"mention__{name}" for name in UNSHOWN))
    return messages.select_related("mention__source").defer(*unshown).order_by("-at", "-id")


def _terms(case: Case, answered: Message | None) -> Terms:
    source = answered.mention.source if answered and answered.mention else case.source
    capabilities = source.capabilities
    is_private = answered is not None and answered.mention is not None and answered.mention.private
    window = (capabilities.private_window if is_private else None) or capabilities.reply_window
    return Terms(
        source=source,
        capabilities=capabilities,
        answered=answered,
        refusal=_refusal(source, capabilities),
        closes_at=answered.at + window if answered and window is not None else None,
    )


def _refusal(source: Source, capabilities: Capabilities) -> str:
    if not capabilities.can_reply or not isinstance(source.connector, Sends):
        return _("%(source)s can only be read: answer the customer on another channel.") % {"source": source.name}
    if source.state == Source.State.STOPPED:
        return _("%(source)s is stopped: start it again under Sources, then send.") % {"source": source.name}
    return ""
