"""Asks Meta what was said: whatever a webhook lost, or all of it where none is set up.

The Page's app is subscribed to its webhooks when listening begins; where to, an admin says once in the app's settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from goodword.connectors.contract import Cursor, Delivery, Gap, Quota, Refused
from goodword.connectors.meta.graph import (
    CONVERSATIONS,
    FEED,
    MEDIA,
    Conversations,
    Feed,
    Pictures,
    left_out,
    moment,
    of_conversations,
    of_feed,
    of_media,
)
from goodword.connectors.meta.items import Said, Where, raw_of
from goodword.connectors.meta.page import Page, quota_of
from goodword.connectors.over_http.calls import Answer, Api
from goodword.connectors.over_http.resting import rest

_NEWEST = 25  # posts whose comments are looked at, and conversations of a page
_PAGES = 20  # of conversations
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
        self._gaps: list[Gap] = []  # of this look
        self._quota: Quota | None = None

    def cursor(self) -> dict[str, Any]:
        until = {"until": self._until.isoformat()} if self._until else {}
        return {"heard": self._heard, **until, **({"untold": True} if self._is_untold else {})}

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
        self._gaps = []
        begin = self._until - _OVERLAP if self._until else now - self._page.history
        said = [each for each in self.everything(begin) if self._until is not None or each.at >= begin]
        said.reverse()  # lists are newest first, and times whole seconds
        said.sort(key=lambda each: each.at)
        new = [each for each in said if self._is_new(each)]
        self._heard = dict(list(self._heard.items())[-_REMEMBERED:])
        self._until = now
        return Delivery(
            tuple(map(raw_of, new)), self.cursor(), tuple(self._gaps), (self._quota,) if self._quota else ()
        )

    def everything(self, begin: datetime) -> Iterator[Said]:
        """Comments on the newest posts, and conversations that went on since then."""
        feed = self._ask(self._page.page_id, "feed", fields=FEED).read(Feed)
        self._note_left_out("comments", begin, left_out(feed, begin))
        yield from of_feed(self._page, feed)
        yield from self._messages(Where.MESSAGE, "messenger", begin)
        if self._page.instagram_id:
            pictures = self._ask(self._page.instagram_id, "media", fields=MEDIA).read(Pictures)
            self._note_left_out("comments on Instagram", begin, left_out(pictures, begin))
            yield from of_media(self._page, pictures)
            yield from self._messages(Where.INSTAGRAM_MESSAGE, "instagram", begin)

    def _messages(self, where: Where, platform: str, begin: datetime) -> Iterator[Said]:
        after: dict[str, str] = {}
        for _ in range(_PAGES):
            answer = self._ask(self._page.page_id, "conversations", fields=CONVERSATIONS, platform=platform, **after)
            found = answer.read(Conversations)
            self._note_left_out(f"messages ({platform})", begin, left_out(found, begin))
            yield from of_conversations(self._page, where, found)
            oldest = found.data[-1].updated_time if found.data else ""
            if not found.paging.next or not oldest or moment(oldest) < begin:
                return
            after = {"after": _cursor_of(found.paging.next)}
        self._note_left_out(f"conversations ({platform})", begin, moment(oldest))

    def _note_left_out(self, what: str, begin: datetime, until: datetime | None) -> None:
        if until is not None and until > begin:
            self._gaps.append(Gap(begin, until, f"More {what} than Meta lists at once: ask more often."))

    def _ask(self, node: str, edge: str, **query: str) -> Answer:
        answer = self._page.ask(self._api, node, edge, limit=str(_NEWEST), **query)
        self._quota = quota_of(answer.headers) or self._quota
        return answer

    def _is_new(self, said: Said) -> bool:
        key = f"{said.where}:{said.id}"
        words = hashlib.blake2b(f"{said.text}|{said.hidden}".encode("utf-8", "replace"), digest_size=6).hexdigest()
        is_news = self._heard.pop(key, None) != words
        self._heard[key] = words
        return is_news


def _cursor_of(address: str) -> str:
    """Of the next page; the rest of its address holds our token and is made anew."""
    return parse_qs(urlsplit(address).query).get("after", [""])[0]
