"""Asks Meta what was said: whatever a webhook lost, or all of it where none is set up; at first, some days back.

What goes beyond the first page of a list is read page by page afterwards, as long as Meta's limits leave room for what
is new (https://developers.facebook.com/docs/graph-api/overview/rate-limiting).

The Page's app is subscribed to its webhooks when listening begins; where to, an admin says once in the app's settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from goodword.connectors.contract import Cursor, Delivery, Gap, Quota, Refused
from goodword.connectors.meta.items import Said, raw_of
from goodword.connectors.meta.older import Older, newest, question, read
from goodword.connectors.meta.page import Page, quota_of
from goodword.connectors.over_http.calls import Absent, Answer, Api
from goodword.connectors.over_http.resting import rest

_MOST_OLDER = 500  # pages that may wait
_SPARED = 30  # per cent of Meta's limit that are left to what is new, and to answers
_OVERLAP = timedelta(minutes=10)
_REMEMBERED = 3000
_SUBSCRIBED = "feed,messages,message_echoes,message_deliveries,message_edits"


def listen(page: Page, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Raises `Refused` and `Retry`."""
    with page.api() as api:
        asking = Asking(api, page, cursor, now)
        yield asking.subscribe()
        while not stop():
            yield asking.look()
            while asking.may_look_further and not stop():
                yield asking.look_further()
            for _ in rest(page.every, stop):
                yield Delivery((), asking.cursor())


class Asking:
    """One session with Meta."""

    def __init__(self, api: Api, page: Page, cursor: Cursor, now: Callable[[], datetime]) -> None:
        self._api, self._page, self._now = api, page, now
        self._heard: dict[str, str] = dict(cursor.get("heard") or {})  # by id, what it said
        told = cursor.get("until")
        self._until = datetime.fromisoformat(told) if isinstance(told, str) else None
        self._is_untold = cursor.get("untold") is True  # the ledger says already that Meta won't tell us
        self._older = msgspec.convert(cursor.get("older") or [], list[Older])  # pages that wait
        self._quota: Quota | None = None

    @property
    def may_look_further(self) -> bool:
        """Whether a page waits, and Meta's limit is far."""
        return bool(self._older) and (self._quota is None or self._quota.left > _SPARED)

    def cursor(self) -> dict[str, Any]:
        until = {"until": self._until.isoformat()} if self._until else {}
        older = {"older": msgspec.to_builtins(self._older)} if self._older else {}
        return {"heard": self._heard, **until, **older, **({"untold": True} if self._is_untold else {})}

    def subscribe(self) -> Delivery:
        """Have Meta tell us of this Page. Without it we ask, and the ledger says so."""
        said = {"subscribed_fields": _SUBSCRIBED}
        try:
            self._page.tell(self._api, self._page.page_id, "subscribed_apps", said, commits=False)
        except Refused as error:
            now, is_told = self._now(), self._is_untold
            self._is_untold = True
            gaps = () if is_told else (Gap(now, now, f"Meta won't tell us, so that we ask. {error}"),)
            return Delivery((), self.cursor(), gaps)
        self._is_untold = False
        return Delivery((), self.cursor())

    def look(self) -> Delivery:
        """What is new or says something else than before, oldest first."""
        now = self._now()
        begin, is_first = self._until - _OVERLAP if self._until else now - self._page.history, self._until is None
        waiting: list[Older] = []
        said = [each for each in self._newest(begin, waiting) if not is_first or each.at >= begin]
        self._until = now
        return self._delivery(said, self._wait_for(waiting))

    def look_further(self) -> Delivery:
        """The same of the page that has waited longest."""
        asked = self._older[0]
        try:
            said, more = read(self._page, asked, self._ask(asked))
        except Absent:  # deleted meanwhile, with all that stood below it
            said, more = [], []
        self._older.pop(0)
        return self._delivery([each for each in said if each.at >= asked.begin], self._wait_for(more))

    def everything(self, begin: datetime) -> Iterator[Said]:
        """Comments on the newest posts, and the newest conversations."""
        return self._newest(begin, [])

    def _newest(self, begin: datetime, waiting: list[Older]) -> Iterator[Said]:
        for asked in newest(self._page, begin):
            said, more = read(self._page, asked, self._ask(asked))
            waiting += more
            yield from said

    def _wait_for(self, more: list[Older]) -> tuple[Gap, ...]:
        """Keep pages for later; more than can be kept are a gap."""
        known = {(each.what, each.node, each.after) for each in self._older}  # those reach further back
        waiting = [*self._older, *(each for each in more if (each.what, each.node, each.after) not in known)]
        self._older, lost = waiting[:_MOST_OLDER], waiting[_MOST_OLDER:]
        if not lost:
            return ()
        return (Gap(min(each.begin for each in lost), self._now(), "More was said than can be asked for afterwards."),)

    def _delivery(self, said: list[Said], gaps: tuple[Gap, ...]) -> Delivery:
        said.reverse()  # lists are newest first, and times whole seconds
        said.sort(key=lambda each: each.at)
        new = [each for each in said if self._is_new(each)]
        self._heard = dict(list(self._heard.items())[-_REMEMBERED:])
        return Delivery(tuple(map(raw_of, new)), self.cursor(), gaps, (self._quota,) if self._quota else ())

    def _ask(self, asked: Older) -> Answer:
        edge, query = question(asked)
        answer = self._page.ask(self._api, asked.node, edge, **query)
        self._quota = quota_of(answer.headers) or self._quota
        return answer

    def _is_new(self, said: Said) -> bool:
        key = f"{said.where}:{said.id}"
        words = hashlib.blake2b(f"{said.text}|{said.hidden}".encode("utf-8", "replace"), digest_size=6).hexdigest()
        is_news = self._heard.pop(key, None) != words
        self._heard[key] = words
        return is_news
