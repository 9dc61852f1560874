"""What the chat's frame says about itself: who is there, how long it takes, whether to leave an address."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.connectors.contract import Attends, Attention
from goodword.listen.chat_thread import Said, waiting_since
from goodword.listen.chat_wait import expected_wait
from goodword.listen.models import Source

_LONGEST_TOLD_IN_MINUTES = 90


@dataclass(frozen=True, slots=True)
class Frame:
    """The state of a chat for one visitor. `asks`: they should be offered to be answered by mail."""

    standing: str
    is_open: bool
    takes_words: bool
    waits: bool
    asks: bool


def frame_of(source: Source, said: Sequence[Said], *, now: datetime) -> Frame:
    """For a visitor who sees `said`."""
    if source.state == Source.State.STOPPED:
        told = _("This chat is closed. Please reach us another way.")
        return Frame(told, is_open=False, takes_words=False, waits=False, asks=False)
    attention = _attention(source, now)
    since = waiting_since(said)
    leaves = next((one.leaves for one in reversed(said) if not one.ours), False)
    if since is not None and leaves:
        told = _("We will answer you by e-mail. You need not wait here.")
        return Frame(told, attention.is_open, takes_words=True, waits=True, asks=False)
    late = since is not None and now - since >= attention.answer_within
    away = not attention.is_open
    return Frame(
        standing=_away(source, attention) if away else _here(expected_wait(source, now=now), late=late),
        is_open=not away,
        takes_words=True,
        waits=since is not None,
        asks=since is not None and (late or away),
    )


def _attention(source: Source, now: datetime) -> Attention:
    connector = source.connector
    assert isinstance(connector, Attends)  # what is live is attended to
    return connector.attention(settings=source.settings, at=now)


def _away(source: Source, attention: Attention) -> str:
    if words := str(source.settings.get("away_text") or "").strip():
        return words
    if attention.next_opening is None:
        return _("We are away. Leave a message: we answer by e-mail.")
    opening = date_format(attention.next_opening, "l, H:i")
    return _("We are away until %(opening)s. Leave a message: we answer by e-mail.") % {"opening": opening}


def _here(wait: timedelta | None, *, late: bool) -> str:
    if late:
        return _("We are here, but it takes longer than usual right now.")
    if wait is None:
        return _("We are here.")
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes <= _LONGEST_TOLD_IN_MINUTES:
        told = ngettext("We usually answer within %(n)d minute.", "We usually answer within %(n)d minutes.", minutes)
        return told % {"n": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("We usually answer within %(n)d hour.", "We usually answer within %(n)d hours.", hours) % {
        "n": hours
    }
