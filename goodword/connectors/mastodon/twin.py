"""The twin of a Mastodon instance: its routes, and posts as its API gives them."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from goodword.connectors.mastodon.twin_entities import (
    LINK,
    NAME,
    VISIBLE,
    Entities,
    number_of,
    status_id,
    tags,
    time,
)
from goodword.connectors.mastodon.twin_oauth import Doorkeeper
from goodword.connectors.twins.faults import Allowance, RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Change, Happened, Post, Visible, World

TOKEN = "twin-of-mastodon"  # noqa: S105  # of a simulator
_MAX_CHARACTERS = 500


def make_twin(world: World) -> MastodonTwin:
    """As `goodword simulate` calls it."""
    return MastodonTwin(world)


class MastodonTwin:
    """One instance, on which everybody is at home. The brand's account is the one that the token belongs to."""

    label = "Mastodon"

    def __init__(self, world: World, *, requests: RateLimit | None = None, uploads: RateLimit | None = None) -> None:
        self.world = world
        # https://docs.joinmastodon.org/api/rate-limits/
        self._requests, self._uploads = requests or RateLimit(300, 300), uploads or RateLimit(30, 1800)
        self._entities = Entities(world)
        self.doorkeeper = Doorkeeper(world.brand.handle, TOKEN)

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        self._entities.address = address
        return {"instance": address, "token": TOKEN}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """What the connector calls, and what a newcomer may try by hand."""
        reads: dict[str, Handler] = {
            "/api/v2/instance": self.instance,
            "/api/v1/accounts/verify_credentials": self.me,
            "/api/v1/accounts/{account}/statuses": self.statuses_of,
            "/api/v1/notifications": self.notifications,
            "/api/v1/timelines/tag/{tag}": self.tagged,
            "/api/v1/timelines/public": self.public,
            "/api/v2/search": self.search,
            "/api/v1/statuses": self.several,
            "/api/v1/statuses/{status}": self.status,
            "/api/v1/media/{file}": self.media,
        }
        return {
            **{("GET", path): self._limited(handler, self._requests) for path, handler in reads.items()},
            ("POST", "/api/v1/statuses"): self._limited(self.post, self._requests),
            ("POST", "/api/v2/media"): self._limited(self.upload, self._uploads),
            ("GET", "/files/{file}/{name}"): self.file,
            **self.doorkeeper.routes(),
        }

    def before(self, request: Request) -> Answer | None:
        """Everything but files needs the token."""
        self._entities.address = self._entities.address or f"http://{request.headers.get('host', '127.0.0.1')}"
        if request.path.startswith("/files/") or self.doorkeeper.lets_in(request):
            return None
        return Answer({"error": "The access token is invalid"}, 401)

    async def stream(self, request: Request, line: Line) -> None:
        """Events of the streams that were subscribed to (https://docs.joinmastodon.org/methods/streaming/)."""
        told = len(self.world.changes(0))
        streams: list[list[str]] = []

        async def subscribe() -> None:
            while (text := await line.hear()) is not None:
                asked = msgspec.json.decode(text, type=dict[str, str])
                if asked.get("type") == "subscribe":
                    streams.append([asked.get("stream", ""), *([asked["tag"]] if "tag" in asked else [])])

        hearing = asyncio.create_task(subscribe())
        while line.is_open:
            for change in await self.world.wait(told, seconds=0.2):
                told = change.number
                for event in self._events(change, streams):
                    await line.say(msgspec.json.encode(event).decode())
        hearing.cancel()

    def instance(self, request: Request) -> Answer:
        """Limits, and where the stream is."""
        configuration = {
            "urls": {"streaming": self._entities.address.replace("http", "ws", 1)},
            "statuses": {
                "max_characters": _MAX_CHARACTERS,
                "max_media_attachments": 4,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "supported_mime_types": ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"],
                "image_size_limit": 10 << 20,
            },
        }
        return Answer({"domain": "twin.example", "title": "A twin", "version": "4.4.0", "configuration": configuration})

    def me(self, request: Request) -> Answer:
        """The brand's account."""
        return Answer(self._entities.account(self.world.brand))

    def statuses_of(self, request: Request, account: str) -> Answer:
        """What one account wrote."""
        return self._page(request, (post for post in self.world.posts() if str(post.author.number) == account))

    def notifications(self, request: Request) -> Answer:
        """Who mentioned the brand."""
        posts = {post.number: post for post in self._mentions()}
        return Answer([self._entities.notification(posts[each]) for each in _bounded(request, posts)])

    def tagged(self, request: Request, tag: str) -> Answer:
        """Public posts with a hashtag."""
        return self._page(request, (post for post in self._public() if tag.lower() in tags(post)))

    def public(self, request: Request) -> Answer:
        """All public posts."""
        return self._page(request, self._public())

    def search(self, request: Request) -> Answer:
        """Public posts with all the words."""
        words = request.get("q").lower().split()
        found = [post for post in self._public() if all(word in post.text.lower() for word in words)]
        return Answer(
            {"accounts": [], "hashtags": [], "statuses": [self._entities.status(post) for post in found[-20:]]}
        )

    def several(self, request: Request) -> Answer:
        """Posts by their ids."""
        found = (self.world.post(number_of(each)) for each in request.all("id[]"))
        return Answer([self._entities.status(post) for post in found if post])

    def status(self, request: Request, status: str) -> Answer:
        """One post."""
        post = self.world.post(number_of(status))
        return Answer(self._entities.status(post)) if post else Answer({"error": "Record not found"}, 404)

    def post(self, request: Request) -> Answer:
        """Take a post of the brand, once for each Idempotency-Key."""
        asked = request.json()
        text, parent = str(asked.get("status") or ""), asked.get("in_reply_to_id")
        files = [file for each in asked.get("media_ids") or [] if (file := self.world.file(int(each)))]
        if not text and not files:
            return Answer({"error": "Validation failed: Text can't be blank"}, 422)
        if _length(text) > _MAX_CHARACTERS:
            return Answer({"error": f"Validation failed: Text limit of {_MAX_CHARACTERS} exceeded"}, 422)
        if parent and self.world.post(number_of(parent)) is None:
            return Answer({"error": "Record not found"}, 404)
        post = self.world.say(
            self.world.brand,
            text,
            parent=number_of(parent) if parent else None,
            visible=VISIBLE.get(str(asked.get("visibility")), Visible.PUBLIC),
            files=files,
            key=request.headers.get("idempotency-key"),
        )
        return Answer(self._entities.status(post))

    def upload(self, request: Request) -> Answer:
        """Take a file; it is ready at the second look."""
        kind = request.headers.get("content-type", "").encode()
        form = email.message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + request.body, policy=email.policy.HTTP)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        if "file" not in parts:
            return Answer({"error": "Validation failed: File can't be blank"}, 422)
        given = parts["file"]
        content, alt = (part.get_payload(decode=True) if part else b"" for part in (given, parts.get("description")))
        assert isinstance(content, bytes)
        assert isinstance(alt, bytes)
        file = self.world.keep_file(given.get_filename() or "file", given.get_content_type(), content, alt.decode())
        return Answer({**self._entities.file(file), "url": None}, 202)

    def media(self, request: Request, file: str) -> Answer:
        """A file that was uploaded."""
        found = self.world.file(int(file)) if file.isdigit() else None
        return Answer(self._entities.file(found)) if found else Answer({"error": "Record not found"}, 404)

    def file(self, request: Request, file: str, name: str) -> Answer:
        """Its bytes."""
        found = self.world.file(int(file)) if file.isdigit() else None
        return Answer(found.content, kind=found.kind) if found else Answer({"error": "Record not found"}, 404)

    def _limited(self, handler: Handler, limit: RateLimit) -> Handler:
        def answer(request: Request, **parts: str) -> Answer:
            allowance = limit.take()
            given = Answer({"error": "Too many requests"}, 429) if allowance.is_over else handler(request, **parts)
            return Answer(given.body, given.status, {**given.headers, **_told(allowance)}, given.kind)

        return answer

    def _page(self, request: Request, posts: Iterable[Post]) -> Answer:
        by_id = {int(status_id(post)): post for post in posts}
        return Answer([self._entities.status(by_id[each]) for each in _bounded(request, by_id)])

    def _mentions(self) -> Iterable[Post]:
        return (post for post in self.world.posts() if self._is_mention(post))

    def _is_mention(self, post: Post) -> bool:
        return self.world.brand in post.mentions and post.author != self.world.brand

    def _public(self) -> Iterable[Post]:
        return (post for post in self.world.posts() if post.visible is Visible.PUBLIC)

    def _events(self, change: Change, streams: Iterable[list[str]]) -> Iterable[dict[str, Any]]:
        for stream in streams:
            for event, payload in self._payloads(change, stream):
                yield {"stream": stream, "event": event, "payload": payload}

    def _payloads(self, change: Change, stream: list[str]) -> Iterable[tuple[str, str]]:
        post, status = change.post, msgspec.json.encode(self._entities.status(change.post)).decode()
        is_own, is_mention = post.author == self.world.brand, self._is_mention(post)
        is_here = {
            "user": is_own,
            "hashtag": post.visible is Visible.PUBLIC and stream[-1].lower() in tags(post),
        }.get(stream[0], post.visible is Visible.PUBLIC)
        if change.what is Happened.DELETED and (is_here or is_mention):
            yield "delete", status_id(post)
        elif change.what is Happened.EDITED and is_here:
            yield "status.update", status
        elif change.what is Happened.SAID and is_here:
            yield "update", status
        elif change.what is Happened.SAID and stream[0] == "user" and is_mention:
            yield "notification", msgspec.json.encode(self._entities.notification(post)).decode()


def _bounded(request: Request, ids: Iterable[int]) -> list[int]:
    """One page of ids, newest first, as `max_id`, `since_id`, `min_id` and `limit` ask for."""
    limit = min(int(request.get("limit") or 20), 80)
    lower, upper = request.get("min_id") or request.get("since_id"), request.get("max_id")
    found = sorted(each for each in ids if (not lower or each > int(lower)) and (not upper or each < int(upper)))
    page = found[:limit] if request.get("min_id") else found[-limit:]
    return page[::-1]


def _length(text: str) -> int:
    return len(NAME.sub(r"@\1", LINK.sub("x" * 23, text)))


def _told(allowance: Allowance) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(allowance.limit),
        "x-ratelimit-remaining": str(max(allowance.left, 0)),
        "x-ratelimit-reset": time(datetime.fromtimestamp(allowance.resets_at, UTC)),
    }
