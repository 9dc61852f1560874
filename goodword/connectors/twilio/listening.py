"""Asks Twilio what came in: whatever a webhook lost, and calls that left no message, of which no webhook is sure.

Lists are newest first and can be asked for by day only, so that the cursor remembers what was handed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Gap, Retry
from goodword.connectors.over_http.calls import Api
from goodword.connectors.over_http.resting import rest
from goodword.connectors.twilio.account import NETWORK, Account
from goodword.connectors.twilio.items import Call, File, Item, Message, Transcript, Voicemail, raw_of
from goodword.connectors.twilio.receiving import is_stop, recording_at

_ASK_EVERY = timedelta(seconds=60)
_PAGE = 100
_PAGES = 20
_CALLERS = 200
_OVERLAP = timedelta(days=1)  # a day at Twilio is one of UTC
_SETTLED = timedelta(seconds=30)  # after a call, until its recording is surely listed
_ENDED = {"completed", "busy", "failed", "no-answer", "canceled"}


class _Message(msgspec.Struct):
    sid: str
    direction: str
    date_sent: str | None = None
    date_created: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    body: str | None = None
    num_media: str = "0"


class _Call(msgspec.Struct):
    sid: str
    direction: str
    status: str
    from_: str = msgspec.field(default="", name="from")
    start_time: str | None = None
    date_created: str | None = None
    duration: str | None = None


class _Recording(msgspec.Struct):
    sid: str
    date_created: str | None = None
    duration: str | None = None


class _Media(msgspec.Struct):
    sid: str
    content_type: str = ""


class _Transcription(msgspec.Struct):
    sid: str
    recording_sid: str
    status: str
    transcription_text: str | None = None
    date_created: str | None = None


class _Page(msgspec.Struct):
    """Of any list."""

    next_page_uri: str | None = None
    messages: list[_Message] = []
    calls: list[_Call] = []
    recordings: list[_Recording] = []
    media_list: list[_Media] = []
    transcriptions: list[_Transcription] = []


def listen(
    account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    with account.api() as api:
        asking = Asking(api, account, cursor, now)
        while not stop():
            yield asking.look()
            for _ in rest(_ASK_EVERY, stop):
                yield Delivery((), asking.cursor())


class Asking:
    """One session with Twilio."""

    def __init__(self, api: Api, account: Account, cursor: Cursor, now: Callable[[], datetime]) -> None:
        self._api, self._account, self._now = api, account, now
        self._seen: list[str] = list(cursor.get("seen") or [])  # of what the last look listed: the next lists no more
        self._listed: list[str] = []
        self._gaps: list[Gap] = []
        self._callers: dict[str, str] = dict(cursor.get("callers") or {})  # by recording, for its transcript
        told = cursor.get("until")
        self._until = datetime.fromisoformat(told) if isinstance(told, str) else None

    def cursor(self) -> dict[str, Any]:
        until = {"until": self._until.isoformat()} if self._until else {}
        return {"seen": self._seen, "callers": self._callers, **until}

    def look(self) -> Delivery:
        """All that is new, oldest first."""
        now = self._now()
        begin = self._until - _OVERLAP if self._until else now - self._account.history
        self._listed, self._gaps = [], []
        items = [*self.messages(begin), *self._calls(begin), *self._transcripts()]
        known = set(self._seen)
        new = [item for item in items if item.sid not in known and (self._until is not None or item.at >= begin)]
        self._seen = list(dict.fromkeys(self._listed))
        self._callers = dict(list(self._callers.items())[-_CALLERS:])
        self._until = now
        return Delivery(tuple(map(raw_of, _in_order(new))), self.cursor(), tuple(self._gaps))

    def messages(self, begin: datetime) -> list[Message]:
        """SMS and MMS to our number since then."""
        found = self._list("Messages", [("To", self._account.number), ("DateSent>", f"{begin:%Y-%m-%d}")], begin)
        return [self._message(each) for page in found for each in page.messages if each.direction == "inbound"]

    def _message(self, given: _Message) -> Message:
        self._listed.append(given.sid)
        files: list[File] = []
        if given.num_media != "0" and given.sid not in self._seen:
            resource = f"Messages/{given.sid}/Media"
            page = self._api.get(self._account.path(resource)).read(_Page)
            base = self._account.api_address + self._account.path(resource).removesuffix(".json")
            files = [File(f"{base}/{media.sid}", media.content_type) for media in page.media_list]
        return Message(
            sid=given.sid,
            caller=given.from_ or "",
            at=_moment(given.date_sent or given.date_created),
            text=given.body or "",
            files=files,
            opted_out=is_stop(given.body or ""),
        )

    def _calls(self, begin: datetime) -> list[Item]:
        query = [("To", self._account.number), ("StartTime>", f"{begin:%Y-%m-%d}")]
        found: list[Item] = []
        for page in self._list("Calls", query, begin):
            for call in page.calls:
                if call.direction != "inbound" or call.status not in _ENDED or not self._is_settled(call):
                    continue
                self._listed.append(call.sid)
                if call.sid not in self._seen:
                    found += self._of_call(call)
        return found

    def _is_settled(self, call: _Call) -> bool:
        began = _moment(call.start_time or call.date_created)
        return began + timedelta(seconds=int(call.duration or 0)) + _SETTLED <= self._now()

    def _of_call(self, call: _Call) -> Sequence[Item]:
        """Its voicemails; or the call itself, where there are none."""
        recordings = self._api.get(self._account.path(f"Calls/{call.sid}/Recordings")).read(_Page).recordings
        if not recordings:
            at = _moment(call.start_time or call.date_created)
            return [Call(call.sid, call.from_, at, call.status, int(call.duration or 0))]
        base = self._account.api_address + self._account.path("Recordings").removesuffix(".json")
        for recording in recordings:
            self._callers[recording.sid] = call.from_
        return [
            Voicemail(
                recording.sid,
                call.from_,
                _moment(recording.date_created),
                call.sid,
                recording_at(f"{base}/{recording.sid}"),
                int(recording.duration or 0),
            )
            for recording in recordings
        ]

    def _transcripts(self) -> list[Transcript]:
        if not self._callers:
            return []
        page = self._api.get(self._account.path("Transcriptions"), [("PageSize", str(_PAGE))]).read(_Page)
        base = self._account.api_address + self._account.path("Transcriptions").removesuffix(".json")
        done = [each for each in page.transcriptions if each.status == "completed" and each.transcription_text]
        self._listed += [each.sid for each in done]
        return [
            Transcript(
                each.sid,
                self._callers[each.recording_sid],
                _moment(each.date_created),
                each.recording_sid,
                each.transcription_text or "",
                f"{base}/{each.sid}",
            )
            for each in done
            if each.recording_sid in self._callers
        ]

    def _list(self, resource: str, query: Sequence[tuple[str, str]], begin: datetime) -> Iterator[_Page]:
        path, page_query = self._account.path(resource), [*query, ("PageSize", str(_PAGE))]
        for _ in range(_PAGES):
            page = self._api.get(path, page_query).read(_Page)
            yield page
            if not page.next_page_uri or not page.next_page_uri.startswith("/"):
                return
            path, page_query = page.next_page_uri, []
        reason = f"{resource}: only the newest {_PAGE * _PAGES} were fetched."
        self._gaps.append(Gap(begin, self._now(), reason))


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Oldest first, out of lists that are newest first; within a second, a voicemail before its transcript."""
    oldest_first = list(items)
    oldest_first.reverse()
    oldest_first.sort(key=lambda item: (item.at, isinstance(item, Transcript)))
    return oldest_first


def _moment(told: str | None) -> datetime:
    try:
        moment = parsedate_to_datetime(told or "")
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise Retry(f"{NETWORK} answered with something that has no time.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
