"""The twin of a shop that gives its reviews as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.connectors.storable import fingerprint
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Post, World

TOKEN = "twin-of-a-shop"  # noqa: S105  # of a simulator
_SHOWN = 50


def make_twin(world: World) -> ShopTwin:
    """As `goodword simulate` calls it."""
    return ShopTwin(world)


class ShopTwin:
    """What people wrote about the shop, newest first, with counters that change at every look."""

    label = "Address with JSON or CSV"

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked = 0

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "address": f"{address}/reviews.json",
            "token": f"X-Api-Key: {TOKEN}",
            "every_minutes": "1",
            "items_path": "data.reviews",
            "text_path": "review.body",
            "author_path": "customer.name",
            "author_id_path": "customer.id",
            "id_path": "id",
            "at_path": "created",
            "url_path": "links[0].href",
            "stars_path": "review.score",
            "stars_of": "10",
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """One address a format."""
        return {("GET", "/reviews.json"): self.json, ("GET", "/reviews.csv"): self.csv}

    def before(self, request: Request) -> Answer | None:
        """Nothing without the key."""
        return None if request.headers.get("x-api-key") == TOKEN else Answer({"error": "unauthorized"}, 401)

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def json(self, request: Request) -> Answer:
        """Not modified, where only counters have changed."""
        posts = self._newest()
        self.asked += 1
        said = fingerprint(msgspec.json.encode([post.text for post in posts]))
        if request.headers.get("if-none-match") == f'"{said}"':
            return Answer(b"", 304)
        reviews = [_review(post, self.asked) for post in posts]
        return Answer({"data": {"reviews": reviews}, "served": self.asked}, headers={"etag": f'"{said}"'})

    def csv(self, request: Request) -> Answer:
        """As spreadsheets write it."""
        written = io.StringIO()
        rows = csv.writer(written, delimiter=";")
        rows.writerow(["Number", "When", "Who", "Words"])
        rows.writerows([post.number, post.at.isoformat(), post.author.name, post.text] for post in self._newest())
        return Answer(b"\xef\xbb\xbf" + written.getvalue().encode(), kind="text/csv")

    def _newest(self) -> list[Post]:
        return list(self.world.posts())[: -_SHOWN - 1 : -1]


def _review(post: Post, looks: int) -> dict[str, Any]:
    return {
        "id": post.number,
        "created": post.at.timestamp(),
        "customer": {"name": post.author.name, "id": f"c-{post.author.number}", "orders": looks},
        "review": {"body": post.text, "score": 2 + post.number % 8, "helpful": looks},
        "links": [{"rel": "self", "href": f"https://shop.example/reviews/{post.number}"}],
    }
