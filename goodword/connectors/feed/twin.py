"""The twin of a site with feeds: the same posts as Atom, RSS, JSON Feed and as an app store's reviews."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import quoteattr

import msgspec

from goodword.connectors.feed.twin_hub import Hub
from goodword.connectors.storable import fingerprint
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Happened, Post, World

_SHOWN = 20  # the newest; older ones are on further pages


def make_twin(world: World) -> FeedTwin:
    """As `goodword simulate` calls it."""
    return FeedTwin(world)


class FeedTwin:
    """A site where people write about the brand. It answers "not modified" where nothing has changed."""

    label = "Feed"

    def __init__(self, world: World, *, ttl_minutes: int = 1) -> None:
        self.world = world
        self._ttl = ttl_minutes
        self.asked = self.unchanged = 0  # how often, for tests

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {"address": f"{address}/reviews.xml", "every_minutes": "1"}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """One address a format."""
        return {
            ("GET", "/feed.atom"): self._served(self._atom, "application/atom+xml"),
            ("GET", "/feed.rss"): self._served(self._rss, "application/rss+xml"),
            ("GET", "/feed.json"): self._served(self._json, "application/feed+json"),
            ("GET", "/reviews.xml"): self._served(self._reviews, "text/xml"),
            ("GET", "/"): self.page,
            ("GET", "/old"): self.moved,
            ("POST", "/hub"): self.subscribe,
        }

    def before(self, request: Request) -> Answer | None:
        """Anybody may read."""
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def page(self, request: Request) -> Answer:
        """A web page that names its feed."""
        link = '<link rel="alternate" type="application/atom+xml" href="/feed.atom">'
        return Answer(f"<!doctype html><html><head>{link}</head></html>".encode(), kind="text/html")

    def moved(self, request: Request) -> Answer:
        """Where the feed was earlier."""
        return Answer(b"", 301, {"location": "/feed.atom"}, "text/plain")

    def subscribe(self, request: Request) -> Answer:
        """As a hub: ask the address whether it wants to, then tell it what is said (https://www.w3.org/TR/websub/)."""
        form = dict(parse_qsl(request.body.decode()))
        if form.get("hub.mode") != "subscribe" or not form.get("hub.callback"):
            return Answer({"error": "hub.mode and hub.callback are wanted"}, 400)
        hub = Hub(self.world, form, lambda: self._atom(request, list(self.world.posts())[: -_SHOWN - 1 : -1], ""))
        threading.Thread(target=hub.run, name="hub", daemon=True).start()
        return Answer(b"", 202)

    def _served(self, write: Callable[[Request, Sequence[Post], str], bytes], kind: str) -> Handler:
        def answer(request: Request) -> Answer:
            self.asked += 1
            posts = sorted(self.world.posts(), key=lambda post: post.number, reverse=True)
            first = int(request.get("page", "1")) * _SHOWN - _SHOWN
            following = f"{request.path}?page={first // _SHOWN + 2}" if len(posts) > first + _SHOWN else ""
            content = write(request, posts[first : first + _SHOWN], following)
            headers = {"etag": f'"{fingerprint(content)}"'}
            if request.headers.get("if-none-match") == headers["etag"]:
                self.unchanged += 1
                return Answer(b"", 304, headers, kind)
            return Answer(content, headers=headers, kind=f"{kind}; charset=utf-8")

        return answer

    def _atom(self, request: Request, posts: Sequence[Post], following: str) -> bytes:
        entries = "".join(_atom_entry(post) for post in posts) + "".join(self._tombstones())
        return _document(
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
            ' xmlns:thr="http://purl.org/syndication/thread/1.0">'
            f"<title>Talk of {self.world.brand.name}</title><id>urn:twin</id>"
            f"{_hub(request)}{_next(following)}{entries}</feed>"
        )

    def _rss(self, request: Request, posts: Sequence[Post], following: str) -> bytes:
        items = "".join(_rss_item(post) for post in posts)
        return _document(
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
            f"<channel><title>Talk of {self.world.brand.name}</title><ttl>{self._ttl}</ttl>"
            f"{_next(following, 'atom:')}{items}</channel></rss>"
        )

    def _json(self, request: Request, posts: Sequence[Post], following: str) -> bytes:
        document: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": "Talk"}
        if following:
            document["next_url"] = following
        return msgspec.json.encode({**document, "items": [_json_item(post) for post in posts]})

    def _reviews(self, request: Request, posts: Sequence[Post], following: str) -> bytes:
        """As Apple's store does: the words twice, stars, votes that change at every look."""
        entries = "".join(_review(post, self.asked) for post in posts)
        return _document(
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:im="http://itunes.apple.com/rss">'
            f"<title>Customer Reviews</title><id>urn:reviews</id>{_next(following)}{entries}</feed>"
        )

    def _tombstones(self) -> Sequence[str]:
        gone = [change.post for change in self.world.changes(0) if change.what is Happened.DELETED]
        return [
            f'<at:deleted-entry ref="{post_id(post)}" when="{post.deleted_at:%Y-%m-%dT%H:%M:%SZ}"/>' for post in gone
        ]


def post_id(post: Post) -> str:
    """As every format names it."""
    return f"tag:twin.example,2026:{post.number}"


def stars(post: Post) -> int:
    """How many it gives; the more it complains, the fewer."""
    return 5 if "hank" in post.text else 1 + post.number % 3


def _document(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()


def _hub(request: Request) -> str:
    place = f"http://{request.headers.get('host', '127.0.0.1')}"
    return f'<link rel="hub" href="{place}/hub"/><link rel="self" href="{place}/feed.atom"/>'


def _next(following: str, prefix: str = "") -> str:
    return f'<{prefix}link rel="next" href={quoteattr(following)}/>' if following else ""


def _author(post: Post) -> str:
    return (
        f"<author><name>{escape(post.author.name)}</name><uri>https://twin.example/{post.author.handle}</uri></author>"
    )


def _atom_entry(post: Post) -> str:
    parent = f'<thr:in-reply-to ref="tag:twin.example,2026:{post.parent}"/>' if post.parent else ""
    return (
        f"<entry><id>{post_id(post)}</id><title/>{_author(post)}<published>{post.at.isoformat()}</published>"
        f'<updated>{(post.edited_at or post.at).isoformat()}</updated><link href="https://twin.example/{post.number}"/>'
        f'{parent}<content type="text">{escape(post.text)}</content></entry>'
    )


def _rss_item(post: Post) -> str:
    at = format_datetime(post.at)  # to the second, as RSS writes it
    return (
        f'<item><guid isPermaLink="false">{post_id(post)}</guid><dc:creator>{escape(post.author.name)}</dc:creator>'
        f"<pubDate>{at}</pubDate><link>https://twin.example/{post.number}</link>"
        f"<description>{escape(escape(post.text))}</description></item>"
    )


def _json_item(post: Post) -> dict[str, Any]:
    return {
        "id": post_id(post),
        "url": f"https://twin.example/{post.number}",
        "content_text": post.text,
        "date_published": post.at.isoformat(),
        "authors": [{"name": post.author.name, "url": f"https://twin.example/{post.author.handle}"}],
    }


def _review(post: Post, votes: int) -> str:
    at = (post.at - timedelta(microseconds=post.at.microsecond)).isoformat()
    title = escape(" ".join(post.text.split()[:8]))
    return (
        f"<entry><updated>{at}</updated><id>{post_id(post)}</id><title>{title}</title>"
        f'<content type="text">{escape(post.text)}</content><im:voteCount>{votes}</im:voteCount>'
        f"<im:rating>{stars(post)}</im:rating><im:version>2.1</im:version>{_author(post)}"
        f'<content type="html">{escape(f"<table><tr><td>{escape(post.text)}</td></tr></table>")}</content></entry>'
    )
