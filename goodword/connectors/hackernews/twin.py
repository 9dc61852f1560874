"""The twin of Hacker News: its search and its items, over a world."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Happened, Post, World

_FIRST = 45_000_000  # ids are numbers that count everything ever said there
_SINCE = re.compile(r"created_at_i>(\d+)")


def make_twin(world: World) -> HackerNewsTwin:
    """As `goodword simulate` calls it."""
    return HackerNewsTwin(world)


class HackerNewsTwin:
    """Posts that answer nothing are stories."""

    label = "Hacker News"

    def __init__(self, world: World) -> None:
        self.world = world
        self._asked = 0

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {"phrases": self.world.brand.handle, "search_address": address, "items_address": address}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Of two hosts, in life."""
        return {("GET", "/api/v1/search_by_date"): self.search, ("GET", "/v0/item/{item}"): self.item}

    def before(self, request: Request) -> Answer | None:
        """Anybody may read."""
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def search(self, request: Request) -> Answer:
        """All words must be there; newest first."""
        since = int(found[1]) if (found := _SINCE.search(request.get("numericFilters"))) else 0
        words = request.get("query").lower().replace('"', " ").split()
        posts = [post for post in self.world.posts() if all(word in post.text.lower() for word in words)]
        newest = sorted((post for post in posts if int(post.at.timestamp()) > since), key=_number, reverse=True)
        count, page = int(request.get("hitsPerPage", "20")), int(request.get("page", "0"))
        hits = [self._hit(post) for post in newest[count * page : count * (page + 1)]]
        return Answer({"hits": hits, "nbHits": len(newest), "page": page, "nbPages": -(-len(newest) // count)})

    def item(self, request: Request, item: str) -> Answer:
        """What stands there; `null` for what never did."""
        number = int(item.removesuffix(".json")) - _FIRST
        if post := self.world.post(number):
            return Answer(self._item(post))
        gone = [change.post for change in self.world.changes(0) if change.what is Happened.DELETED]
        for post in gone:
            if post.number == number:
                return Answer(
                    {"id": item_id(post), "deleted": True, "time": int(post.at.timestamp()), "type": "comment"}
                )
        return Answer(None)

    def _hit(self, post: Post) -> dict[str, Any]:
        at = int(post.at.timestamp())
        kind = "story" if post.parent is None else "comment"
        return {
            "objectID": str(item_id(post)),
            "created_at_i": at,
            "created_at": post.at.isoformat(),
            "author": post.author.handle,
            "points": 3,
            f"{kind}_text": escape(post.text),
            "_tags": [kind, f"author_{post.author.handle}"],
        }

    def _item(self, post: Post) -> dict[str, Any]:
        self._asked += 1
        told: dict[str, Any] = {
            "id": item_id(post),
            "by": post.author.handle,
            "time": int(post.at.timestamp()),
            "text": escape(post.text).replace("\n", "<p>"),
            "kids": [item_id(each) for each in self.world.posts() if each.parent == post.number],
        }
        if post.parent is None:
            return {**told, "type": "story", "title": " ".join(post.text.split()[:8]), "score": self._asked}
        return {**told, "type": "comment", "parent": _FIRST + post.parent}


def item_id(post: Post) -> int:
    """Its number there."""
    return _FIRST + post.number


def _number(post: Post) -> int:
    return post.number
