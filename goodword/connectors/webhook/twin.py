"""The twin of another system: it tells us by signed webhooks what people write, and takes our answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from goodword.connectors.receiving import NotTaken, WebhookRequest
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.telling import Telling, post_to
from goodword.connectors.twins.world import Change, Post, World
from goodword.connectors.webhook.signature import proven_id, sign

SECRET = "whsec_dHdpbi1vZi1hbnktc3lzdGVtLXRoYXQtY2FuLWNhbGw="  # noqa: S105  # of a simulator


def make_twin(world: World) -> AnySystemTwin:
    """As `goodword simulate` calls it."""
    return AnySystemTwin(world)


class AnySystemTwin:
    """It tells all that is said to whoever subscribes, or to the address that is entered on its page."""

    label = "Webhook (any system, a form, a shop)"

    def __init__(self, world: World) -> None:
        self.world = world
        self.telling = Telling(world, _tell)

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "place": "twin.example",
            "secret": SECRET,
            "subscribe_address": f"{address}/subscriptions",
            "reply_address": f"{address}/replies",
            "can_ask": "yes",
            "items_path": "data",
            "text_path": "message.text",
            "author_path": "user.name",
            "author_id_path": "user.id",
            "id_path": "number",
            "at_path": "said_at",
            "parent_path": "answers",
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Answers, and who subscribes."""
        return {
            ("POST", "/replies"): self.reply,
            ("GET", "/replies"): self.find,
            ("POST", "/subscriptions"): self.subscribe,
        }

    def before(self, request: Request) -> Answer | None:
        """All that we send must be signed."""
        asked = WebhookRequest(request.method, "", headers=request.headers, body=request.body, at=datetime.now(UTC))
        try:
            proven_id(asked, SECRET)
        except NotTaken as refusal:
            return Answer({"error": str(refusal)}, 401)
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def reply(self, request: Request) -> Answer:
        """Take an answer, once for each id."""
        said = request.json()["data"]
        parent = self.world.post(int(said["in_reply_to"] or 0))
        if parent is None:
            return Answer({"error": "What this answers is gone."}, 410)
        key = request.headers["webhook-id"]
        return Answer(_taken(self.world.say(self.world.brand, said["text"], parent=parent.number, key=key)))

    def find(self, request: Request) -> Answer:
        """Whether an answer arrived."""
        post = self.world.by_key(request.get("id"))
        return Answer(_taken(post)) if post else Answer({"error": "unknown"}, 404)

    def subscribe(self, request: Request) -> Answer:
        """Tell this address what was said, and what is; again, it stays the same."""
        self.telling.begin(str(request.json().get("target_url", "")))
        return Answer({"id": "1"}, 201)


def event_of(post: Post) -> dict[str, Any]:
    """What is told of a post; of one of the brand's, that it arrived."""
    if post.key is not None:
        return {"type": "reply.delivered", "timestamp": post.at, "data": {"id": str(post.number)}}
    data = {
        "number": post.number,
        "said_at": post.at,
        "message": {"text": post.text},
        "user": {"id": f"u-{post.author.number}", "name": post.author.name},
        "answers": post.parent,
    }
    return {"type": "message", "data": data}


def deliver(address: str, event: dict[str, Any], event_id: str) -> bool:
    """Post one event, signed; whether it was taken."""
    body = msgspec.json.encode(event)
    headers = {**sign(event_id, int(time.time()), body, SECRET), "content-type": "application/json"}
    return post_to(address, body=body, headers=headers) is not None


def _tell(address: str, change: Change) -> bool:
    return deliver(address, event_of(change.post), f"msg_{change.number}")


def _taken(post: Post) -> dict[str, Any]:
    return {"id": str(post.number), "at": post.at}
