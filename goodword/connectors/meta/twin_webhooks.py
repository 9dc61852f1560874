"""What the twin of Meta tells: comments, messages, edits, deletions, deliveries; signed with the app's secret.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import msgspec

from goodword.connectors.twins.telling import post_to
from goodword.connectors.twins.world import Change, Happened, Post

if TYPE_CHECKING:
    from goodword.connectors.meta.twin import MetaTwin

_VERBS = {Happened.SAID: "add", Happened.EDITED: "edited", Happened.DELETED: "remove"}
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class App:
    """The app of the Page, whose webhooks are set up for “Page” and “Instagram”."""

    twin: MetaTwin
    page: str
    instagram: str
    secret: str
    verify_token: str

    def verify(self, address: str) -> bool:
        """Whether who answers there knows the verify token."""
        challenge = str(secrets.randbelow(10**9))
        asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": self.verify_token}
        try:
            answer = httpx.get(address, params=asked, timeout=_PATIENCE)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.is_success and answer.text == challenge

    def tell(self, address: str, change: Change) -> bool:
        """Whether it was taken, or is nothing to be told."""
        where, post = self.twin.where(change.post), change.post
        entry = self._messaging(where, change) if where.endswith("-message") else self._changes(where, change)
        if entry is None:
            return True
        site, own = ("instagram", self.instagram) if where.startswith("ig") else ("page", self.page)
        at = int((post.deleted_at or post.edited_at or post.at).timestamp())
        body = msgspec.json.encode({"object": site, "entry": [{"id": own, "time": at, **entry}]})
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={signature}"}
        return post_to(address, body=body, headers=headers) is not None

    def _changes(self, where: str, change: Change) -> Mapping[str, Any] | None:
        if where.startswith("fb"):
            return {"changes": [{"field": "feed", "value": self._comment(change.post, _VERBS[change.what])}]}
        if change.what is not Happened.SAID:  # Instagram tells of new comments only
            return None
        told = self.twin.instagram_comment(change.post)
        value = {"id": told["id"], "text": told["text"], "from": told["from"], "media": {"id": "17900077"}}
        top = self.twin.world.root(change.post)
        parent = {"parent_id": self.twin.id_of(top)} if top != change.post else {}
        return {"changes": [{"field": "comments", "value": {**value, **parent}}]}

    def _comment(self, post: Post, verb: str) -> Mapping[str, Any]:
        """https://developers.facebook.com/docs/graph-api/webhooks/reference/page/#feed."""
        told, page_post = self.twin.page_comment(post), f"{self.page}_900077"
        return {
            "item": "comment",
            "verb": verb,
            "comment_id": told["id"],
            "post_id": page_post,
            "parent_id": told.get("parent", {}).get("id", page_post),
            "from": told["from"],
            "message": told["message"],
            "created_time": int(post.at.timestamp()),
        }

    def _messaging(self, where: str, change: Change) -> Mapping[str, Any] | None:
        """https://developers.facebook.com/docs/messenger-platform/reference/webhook-events."""
        told, post = self.twin.private_message(change.post), change.post
        sender, recipient = {"id": told["from"]["id"]}, {"id": told["to"]["data"][0]["id"]}
        event = {"sender": sender, "recipient": recipient, "timestamp": int(post.at.timestamp() * 1000)}
        if change.what is Happened.EDITED:
            edit = {"mid": told["id"], "text": told["message"], "num_edit": 1}
            return {"messaging": [{**event, "message_edit": edit}]}
        if change.what is Happened.DELETED:
            is_told = where.startswith("ig")  # Messenger keeps a deletion to itself
            return {"messaging": [{**event, "message": {"mid": told["id"], "is_deleted": True}}]} if is_told else None
        if post.author != self.twin.world.brand:
            return {"messaging": [{**event, "message": {"mid": told["id"], "text": told["message"]}}]}
        echo = {"mid": told["id"], "text": told["message"], "is_echo": True, "metadata": self.twin.metadata(post)}
        arrived = {"sender": recipient, "recipient": sender, "timestamp": event["timestamp"]}
        return {"messaging": [{**event, "message": echo}, {**arrived, "delivery": {"mids": [told["id"]]}}]}
