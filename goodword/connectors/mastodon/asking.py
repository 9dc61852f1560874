"""Asks the instance what was said since, and what became of what was said: the truth, where the stream is a hint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from goodword.connectors.contract import Delivery, Gap, Interest, Quota, Raw, Refused, Retry
from goodword.connectors.mastodon.entities import Id, Notification, order_of, raw_of, raw_of_gone, time_of
from goodword.connectors.mastodon.memory import Memory
from goodword.connectors.mastodon.place import NETWORK, Place, Timeline
from goodword.connectors.mastodon.sieve import sift
from goodword.connectors.over_http.calls import Absent, Answer, Api, Denied

_PAGE = 40
_PAGES_BACK = 10  # of the time before we first listened
_LOOKED_AT_AGAIN = 20
_FOUND = 40


@dataclass(frozen=True, slots=True)
class _Entity:
    """A post or a notification, as a timeline has it."""

    id: Id
    created_at: datetime
    body: bytes


class _Head(msgspec.Struct):
    id: Id
    created_at: datetime | None = None


class _Found(msgspec.Struct):
    statuses: list[msgspec.Raw]


class Asking:
    """One session with an instance. Everything raises `Refused` and `Retry`."""

    def __init__(
        self,
        place: Place,
        api: Api,
        own_id: Id,
        memory: Memory,
        now: Callable[[], datetime],
        interest: Interest | None = None,
    ) -> None:
        """Without `interest`, nothing is overheard in public."""
        self.place, self.own_id, self.memory, self.interest = place, own_id, memory, interest
        self.timelines = [each for each in place.timelines(own_id) if interest or not each.is_public]
        self._api, self._now = api, now
        self._closed: set[str] = set()  # timelines that the instance keeps to itself
        self._by_many = True  # several posts can be asked for at once (since 4.3)
        self._quota: Quota | None = None

    def delivery(self, raws: Iterable[tuple[Id, Raw]], gaps: tuple[Gap, ...] = ()) -> Delivery:
        """With what is new among `raws`, and the cursor after it."""
        new = tuple(self.memory.note(list(raws)))
        return Delivery(new, self.memory.cursor, gaps, (self._quota,) if self._quota else ())

    def catch_up(self) -> Iterator[Delivery]:
        """What was said since each timeline was last asked for."""
        for timeline in self.timelines:
            if timeline.key in self._closed:
                continue
            try:
                yield from self._news(timeline)
            except (Denied, Absent) as error:
                if timeline.is_needed:
                    raise
                yield self._closing(timeline.key, error)

    def _closing(self, key: str, error: Refused) -> Delivery:
        self._closed.add(key)
        now = self._now()
        return self.delivery([], (Gap(now, now, f"{key} can't be heard here. {error}"),))

    def search(self) -> Iterator[Delivery]:
        """What the instance finds for the words to search for; it doesn't say in which order."""
        begin = self._now() - self.place.history
        for phrase in self.place.phrases:
            query = [("q", phrase), ("type", "statuses"), ("limit", str(_FOUND))]
            try:
                found = self._ask("/api/v2/search", query).read(_Found).statuses
            except (Denied, Absent) as error:
                if "search" not in self._closed:
                    yield self._closing("search", error)
                return
            self._closed.discard("search")
            yield self.delivery(self.raw(each.body) for each in _entities(found) if each.created_at >= begin)

    def look_again(self) -> Iterator[Delivery]:
        """Edits and deletions of some recent posts, in turn."""
        ids = self.memory.due(_LOOKED_AT_AGAIN if self._by_many else _LOOKED_AT_AGAIN // 4)
        if not ids:
            return
        there = dict(self._those(ids))
        gone = [each for each in ids if each not in there and self._one(each) is None]
        for each in gone:
            self.memory.forget(each)
        if changed := tuple(self.memory.note(list(there.items()))):
            yield Delivery(changed, self.memory.cursor)
        if gone:
            yield Delivery(tuple(map(raw_of_gone, gone)), self.memory.cursor)

    def raw(self, entity: bytes) -> tuple[Id, Raw]:
        """A post of the API as a raw item. Raises `Retry` for what is none at all."""
        try:
            return raw_of(entity, self.own_id)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Retry(f"{NETWORK} answered with something that is no post.") from error

    def wanted(self, is_public: bool, posts: Iterable[tuple[Id, Raw]]) -> Iterable[tuple[Id, Raw]]:
        """Of what is overheard in public only what somebody looks for; of the rest all."""
        if not is_public:
            return posts
        return sift(list(posts), self.interest) if self.interest else []

    def _news(self, timeline: Timeline) -> Iterator[Delivery]:
        after = self.memory.until.get(timeline.key)
        if after is None:
            yield from self._first(timeline)
            return
        while page := self._page(timeline, ("min_id", after)):
            after = self.memory.until[timeline.key] = page[-1].id
            yield self.delivery(self.wanted(timeline.is_public, self._posts(timeline, page)))

    def _first(self, timeline: Timeline) -> Iterator[Delivery]:
        """Look back, newest first, and hand over oldest first. What is too much is told as a gap."""
        begin = self._now() - self.place.history
        found = self._page(timeline)
        is_whole = not found or not timeline.looks_back
        for _ in range(_PAGES_BACK):
            if is_whole or found[0].created_at < begin:
                break
            page = self._page(timeline, ("max_id", found[0].id))
            is_whole = not page
            found = [*page, *found]
        if not found:
            return
        gaps: tuple[Gap, ...] = ()
        if not is_whole and found[0].created_at > begin:
            reason = f"{timeline.key}: of the time before, only the newest {len(found)} posts were fetched."
            gaps = (Gap(begin, found[0].created_at, reason),)
        self.memory.until[timeline.key] = found[-1].id
        recent = self._posts(timeline, [each for each in found if each.created_at >= begin])
        yield self.delivery(self.wanted(timeline.is_public, recent), gaps)

    def _page(self, timeline: Timeline, *bounds: tuple[str, str]) -> list[_Entity]:
        """Oldest first."""
        answer = self._ask(timeline.path, [*timeline.query, *bounds, ("limit", str(_PAGE))])
        return sorted(_entities(answer.read(list[msgspec.Raw])), key=lambda each: order_of(each.id))

    def _posts(self, timeline: Timeline, page: Iterable[_Entity]) -> Iterator[tuple[Id, Raw]]:
        for entity in page:
            if timeline.key != "mentions":
                yield self.raw(entity.body)
            elif (post := msgspec.json.decode(entity.body, type=Notification).post) is not None:
                yield self.raw(post)

    def _those(self, ids: Sequence[Id]) -> Iterator[tuple[Id, Raw]]:
        if self._by_many:
            try:
                answer = self._ask("/api/v1/statuses", [("id[]", each) for each in ids])
            except Absent as error:
                if error.perhaps_passing:
                    raise
                self._by_many = False
            else:
                yield from (self.raw(bytes(each)) for each in answer.read(list[msgspec.Raw]))
                return
        for each in ids:
            if (found := self._one(each)) is not None:
                yield found

    def _one(self, status_id: Id) -> tuple[Id, Raw] | None:
        try:
            return self.raw(self._ask(f"/api/v1/statuses/{status_id}", []).content)
        except Absent as error:
            if error.perhaps_passing:  # a proxy's page takes no words away that nobody took back
                raise
            return None

    def _ask(self, path: str, query: Sequence[tuple[str, str]]) -> Answer:
        answer = self._api.get(path, query)
        self._quota = answer.quota or self._quota
        return answer


def _entities(bodies: Iterable[msgspec.Raw]) -> Iterator[_Entity]:
    """Raises `Retry` for what has no id."""
    for body in map(bytes, bodies):
        try:
            head = msgspec.json.decode(body, type=_Head)
        except msgspec.DecodeError as error:
            raise Retry(f"{NETWORK} answered with something that has no id or time.") from error
        at = head.created_at if head.created_at and head.created_at.tzinfo else time_of(head.id)
        yield _Entity(head.id, at, body)
