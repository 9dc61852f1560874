"""The twin of a guestbook: `goodword simulate guestbook`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodword.connectors.contract import Settings
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Post, World

TOKEN = "twin-of-guestbook"  # noqa: S105  # of a simulator


def make_twin(world: World) -> GuestbookTwin:
    """As `goodword simulate` calls it."""
    return GuestbookTwin(world)


class GuestbookTwin:
    """One book over a world."""

    label = "Guestbook"

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Reading and writing."""
        return {("GET", "/api/entries"): self.entries, ("POST", "/api/entries"): self.write}

    def before(self, request: Request) -> Answer | None:
        """Nothing without the token."""
        return None if request.headers.get("token") == TOKEN else Answer({"error": "Who are you?"}, 401)

    def settings(self, address: str) -> Settings:
        """What to fill in."""
        return {"address": address, "token": TOKEN}

    async def stream(self, request: Request, line: Line) -> None:
        """A guestbook has no stream."""
        await line.close()

    def entries(self, request: Request) -> Answer:
        """By key, the newest, or after a number."""
        posts = list(self.world.posts())
        if key := request.get("key"):
            return Answer([_entry(post) for post in posts if post.key == key])
        if newest := request.get("newest"):
            return Answer([_entry(post) for post in posts[: -int(newest) - 1 : -1]])
        after, limit = int(request.get("after", "0")), int(request.get("limit", "100"))
        return Answer([_entry(post) for post in posts if post.number > after][:limit])

    def write(self, request: Request) -> Answer:
        """The brand writes below an entry."""
        asked = request.json()
        if self.world.post(asked["answers"]) is None:
            return Answer({"error": "That entry was torn out."}, 404)
        post = self.world.say(self.world.brand, asked["text"], parent=asked["answers"], key=asked["key"])
        return Answer(_entry(post))


def _entry(post: Post) -> dict[str, Any]:
    return {
        "id": post.number,
        "at": post.at,
        "by": post.author.handle,
        "text": post.text,
        "answers": post.parent,
        "key": post.key,
    }
