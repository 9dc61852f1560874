"""The twin of Bluesky: the server of everybody's account, the network's view, and Jetstream, all at one address."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from goodword.connectors.bluesky.identifiers import RecordAddress, microseconds_of
from goodword.connectors.bluesky.points import TO_CREATE
from goodword.connectors.bluesky.posting import IMAGE_BYTES, MOST_BYTES, MOST_GRAPHEMES
from goodword.connectors.bluesky.twin_records import (
    address_of,
    blob_of,
    content_id,
    did_of,
    event_of,
    handle_of,
    record_of,
    ref_of,
    time_of,
    without_domain,
)
from goodword.connectors.contract import Count
from goodword.connectors.length import length
from goodword.connectors.twins.faults import Allowance, RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Account, File, Post, World

PASSWORD = "twin-of-bluesky"  # noqa: S105  # of a simulator
_SESSION_SECONDS = 7200
_OPEN = ("/subscribe", "/xrpc/com.atproto.server.createSession", "/xrpc/com.atproto.sync.getBlob")


def make_twin(world: World) -> BlueskyTwin:
    """As `goodword simulate` calls it."""
    return BlueskyTwin(world)


class BlueskyTwin:
    """One server, on which everybody is at home. The brand's account is the one that may sign in."""

    label = "Bluesky"

    def __init__(self, world: World, *, points: RateLimit | None = None, sign_ins: RateLimit | None = None) -> None:
        self.world = world
        self._points, self._sign_ins = points or RateLimit(5_000, 3_600), sign_ins or RateLimit(30, 300)
        self._blobs: dict[str, File] = {}

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "handle": handle_of(self.world.brand),
            "app_password": PASSWORD,
            "service": address,
            "ear": "jetstream",
            "stream": address.replace("http", "ws", 1),
            "images": f"{address}/xrpc/com.atproto.sync.getBlob?did={{did}}&cid={{cid}}",
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """What the connector calls."""
        methods: dict[tuple[str, str], Handler] = {
            ("POST", "com.atproto.server.createSession"): self._limited(self.sign_in, self._sign_ins, 1),
            ("POST", "com.atproto.server.refreshSession"): self.renew,
            ("GET", "com.atproto.identity.resolveHandle"): self.resolve,
            ("GET", "app.bsky.actor.getProfiles"): self.profiles,
            ("GET", "app.bsky.notification.listNotifications"): self.notifications,
            ("GET", "com.atproto.repo.getRecord"): self.record,
            ("POST", "com.atproto.repo.createRecord"): self._limited(self.create, self._points, TO_CREATE),
            ("POST", "com.atproto.repo.uploadBlob"): self.upload,
            ("GET", "com.atproto.sync.getBlob"): self.blob,
        }
        return {(verb, f"/xrpc/{name}"): handler for (verb, name), handler in methods.items()}

    def before(self, request: Request) -> Answer | None:
        """Most calls need a token; the stream is open to all."""
        if request.path in _OPEN or request.headers.get("authorization", "").removeprefix("Bearer ") == self._token():
            return None
        return _no("InvalidToken", "Token could not be verified")

    async def stream(self, request: Request, line: Line) -> None:
        """Jetstream: what happened since the cursor, and then what happens."""
        cursor = request.get("cursor")
        changes = self.world.changes(0)
        told = (
            next((c.number - 1 for c in changes if time_of(c) >= int(cursor)), len(changes)) if cursor else len(changes)
        )
        while line.is_open:
            for change in await self.world.wait(told, seconds=0.2):
                told = change.number
                await line.say(msgspec.json.encode(event_of(self.world, change)).decode())

    def sign_in(self, request: Request) -> Answer:
        """A session for the brand's account."""
        asked, brand = request.json(), self.world.brand
        if asked.get("password") != PASSWORD or asked.get("identifier") not in {handle_of(brand), did_of(brand)}:
            return _no("AuthenticationRequired", "Invalid identifier or password", 401)
        return self.renew(request)

    def renew(self, request: Request) -> Answer:
        """A session, for whoever may have one."""
        brand = self.world.brand
        tokens = dict.fromkeys(("accessJwt", "refreshJwt"), self._token())
        return Answer({"did": did_of(brand), "handle": handle_of(brand), **tokens})

    def resolve(self, request: Request) -> Answer:
        """Whose handle it is."""
        found = self._account(handle=request.get("handle"))
        return Answer({"did": did_of(found)}) if found else _no("InvalidRequest", "Unable to resolve handle")

    def profiles(self, request: Request) -> Answer:
        """Who they are."""
        found = [self._account(did=did) for did in request.all("actors")[:25]]
        return Answer({"profiles": [_profile(account) for account in found if account]})

    def notifications(self, request: Request) -> Answer:
        """What was said to the brand, newest first, in one page."""
        brand = self.world.brand
        told = []
        for post in self.world.posts():
            is_reply = post.parent is not None and (above := self.world.post(post.parent)) and above.author == brand
            if post.author != brand and (is_reply or brand in post.mentions):
                told.append({**self._notification(post), "reason": "reply" if is_reply else "mention"})
        return Answer({"notifications": told[: -int(request.get("limit", "50")) - 1 : -1]})

    def record(self, request: Request) -> Answer:
        """One post."""
        address = RecordAddress(request.get("repo"), request.get("rkey"), request.get("collection"))
        post = self._post(str(address))
        if post is None:
            return _no("RecordNotFound", f"Could not locate record: {address}")
        return Answer({**ref_of(self.world, post), "value": record_of(self.world, post)})

    def create(self, request: Request) -> Answer:
        """Take a post of the brand. As the real server does, a key that is taken ends in trouble."""
        asked = request.json()
        record, rkey = asked.get("record") or {}, str(asked.get("rkey") or "")
        text = str(record.get("text") or "")
        if microseconds_of(rkey) is None:
            return _no("InvalidRequest", "Invalid record key")
        if length(text, Count.GRAPHEMES) > MOST_GRAPHEMES or length(text, Count.BYTES) > MOST_BYTES:
            return _no("InvalidRequest", "Record/text must not be longer than 300 graphemes")
        if self.world.by_key(rkey):
            return _no("InternalServerError", "Internal Server Error", 500)
        parent = self._post(str(record.get("reply", {}).get("parent", {}).get("uri")))
        images = record.get("embed", {}).get("images", [])
        files = [replace(self._blobs[image["image"]["ref"]["$link"]], alt=str(image.get("alt"))) for image in images]
        post = self.world.say(
            self.world.brand, without_domain(text), parent=parent.number if parent else None, files=files, key=rkey
        )
        return Answer(ref_of(self.world, post))

    def upload(self, request: Request) -> Answer:
        """Take a picture."""
        if len(request.body) > IMAGE_BYTES:
            return _no("BlobTooLarge", "This file is too large", 413)
        file = self.world.keep_file("picture", request.headers.get("content-type", ""), request.body)
        self._blobs[content_id(file.content)] = file
        return Answer({"blob": blob_of(file)})

    def blob(self, request: Request) -> Answer:
        """A picture's bytes."""
        shown = {content_id(file.content): file for post in self.world.posts() for file in post.files}
        file = shown.get(request.get("cid"))
        return Answer(file.content, kind=file.kind) if file else _no("BlobNotFound", "Blob not found")

    def _notification(self, post: Post) -> dict[str, Any]:
        record = record_of(self.world, post)
        return {
            **ref_of(self.world, post),
            "author": _profile(post.author),
            "record": record,
            "indexedAt": record["createdAt"],
        }

    def _account(self, *, handle: str = "", did: str = "") -> Account | None:
        return next((each for each in self.world.accounts() if handle_of(each) == handle or did_of(each) == did), None)

    def _post(self, uri: str) -> Post | None:
        return next((post for post in self.world.posts() if str(address_of(post)) == uri), None)

    def _token(self) -> str:
        """Made as the network makes them, in form; it begins anew every two hours."""
        ends = (int(time.time()) // _SESSION_SECONDS + 2) * _SESSION_SECONDS
        claims = base64.urlsafe_b64encode(json.dumps({"sub": did_of(self.world.brand), "exp": ends}).encode())
        return f"e30.{claims.decode().rstrip('=')}.twin"

    def _limited(self, handler: Handler, limit: RateLimit, points: int) -> Callable[..., Answer]:
        def answer(request: Request, **parts: str) -> Answer:
            allowance = limit.take(points)
            given = _no("RateLimitExceeded", "Rate Limit Exceeded", 429) if allowance.is_over else handler(request)
            return Answer(given.body, given.status, {**given.headers, **_left(allowance)}, given.kind)

        return answer


def _profile(account: Account) -> dict[str, Any]:
    return {
        "did": did_of(account),
        "handle": handle_of(account),
        "displayName": account.name,
        "followersCount": account.followers,
    }


def _no(error: str, message: str, status: int = 400) -> Answer:
    return Answer({"error": error, "message": message}, status)


def _left(allowance: Allowance) -> dict[str, str]:
    return {
        "ratelimit-limit": str(allowance.limit),
        "ratelimit-remaining": str(max(allowance.left, 0)),
        "ratelimit-reset": str(int(allowance.resets_at)),
    }
