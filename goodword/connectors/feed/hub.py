"""WebSub (https://www.w3.org/TR/websub/): a hub tells us at once what is new in a feed.

What it tells is only faster: the feed itself is looked at as before, so that nothing depends on the hub.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from goodword.connectors.contract import Refused, Retry, Settings
from goodword.connectors.feed.entries import Feed, NotAFeed, raw_of
from goodword.connectors.feed.place import Place
from goodword.connectors.feed.reading import read_feed
from goodword.connectors.over_http.calls import Api
from goodword.connectors.receiving import (
    NotTaken,
    Received,
    Refusal,
    WebhookReply,
    WebhookRequest,
    is_signed,
)

_LEASE = 864_000  # seconds: ten days, as the standard proposes; the hub may give less
_AGAIN = 6 * 3600.0  # seconds: asked for anew long before any usual lease ends
_ALGORITHMS = {"sha1", "sha256", "sha384", "sha512"}


class Subscription:
    """Our subscription at the hub of a feed, if it names one and we have an address for it."""

    def __init__(self, settings: Settings) -> None:
        learned = settings.get("learned") or {}
        self._hook = str(settings.get("hook") or "")
        self._hub, self._topic = str(learned.get("hub") or ""), str(learned.get("topic") or "")
        self._asked_at = -_AGAIN

    def learn(self, feed: Feed) -> Mapping[str, str]:
        """What is kept with the source: whoever is asked by the hub has to know the feed's own name."""
        if (feed.hub, feed.topic) != (self._hub, self._topic):
            self._hub, self._topic, self._asked_at = feed.hub, feed.topic, -_AGAIN
        return {"title": feed.title, "format": feed.format, "hub": feed.hub, "topic": feed.topic}

    def keep(self) -> None:
        """Ask for it, or for it to go on. A hub that doesn't want to is asked again later."""
        if not (self._hook and self._hub) or time.monotonic() - self._asked_at < _AGAIN:
            return
        self._asked_at = time.monotonic()
        form = {
            "hub.mode": "subscribe",
            "hub.topic": self._topic,
            "hub.callback": self._hook,
            "hub.secret": secret_of(self._hook),
            "hub.lease_seconds": str(_LEASE),
        }
        hub = urlsplit(self._hub)
        path = (hub.path or "/") + (f"?{hub.query}" if hub.query else "")
        try:
            with Api(f"{hub.scheme}://{hub.netloc}", network="The feed's hub") as api:
                api.post_form(path, form=form)
        except (Refused, Retry):
            return


def secret_of(hook: str) -> str:
    """What the hub signs with. Only who knows our address can make it, and the hub is the only one who does."""
    return hashlib.sha256(b"websub\0" + hook.encode("utf-8", "surrogatepass")).hexdigest()


def receive(place: Place, settings: Settings, request: WebhookRequest) -> Received:
    """What the hub tells, or its question whether we asked for it. Raises `NotTaken`."""
    if request.method == "GET":
        return _answer(settings, dict(request.query))
    algorithm, _, signature = request.headers.get("x-hub-signature", "").partition("=")
    secret = secret_of(str(settings.get("hook") or ""))
    if algorithm not in _ALGORITHMS or not is_signed(signature, secret=secret, said=request.body, algorithm=algorithm):
        raise NotTaken(Refusal.UNPROVEN, "The header X-Hub-Signature is missing, or wrong.")
    try:
        feed = read_feed(request.body, kind=request.headers.get("content-type", ""), address=place.address)
    except NotAFeed as error:
        raise NotTaken(Refusal.MALFORMED, str(error)[:200]) from error
    begin = request.at - place.history
    new = [each for each in feed.entries if each.published is None or each.published >= begin]
    raws = {raw.delivery_id: raw for each in reversed(new) if (raw := raw_of(each, place=place.host, now=request.at))}
    return Received(tuple(raws.values()), WebhookReply(204))


def _answer(settings: Settings, query: dict[str, str]) -> Received:
    """Yes, to a subscription of the feed that we look at; and to its end, which changes nothing."""
    learned = settings.get("learned") or {}
    mode, topic, challenge = (query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
    if mode == "denied":
        return Received()
    if mode != "subscribe" or not challenge or not topic or topic != learned.get("topic"):
        raise NotTaken(Refusal.STRANGE, "A hub asks about a feed that isn't this one.")
    return Received(reply=WebhookReply(body=challenge[:2000].encode("utf-8", "replace")))
