"""The twin of Reddit: one subreddit, called like the brand, over a world."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Happened, Post, World

CLIENT = "twin-application"
SECRET = "twin-of-reddit"  # noqa: S105  # of a simulator
PASSWORD = "twin-password"  # noqa: S105  # of a simulator
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FIRST = 36**5  # ids are numbers that count everything, in base 36


def make_twin(world: World) -> RedditTwin:
    """As `goodword simulate` calls it."""
    return RedditTwin(world)


class RedditTwin:
    """Posts that answer nothing are posts there, the others comments. Deleted ones stay, without their words."""

    label = "Reddit"

    def __init__(self, world: World, *, requests: RateLimit | None = None) -> None:
        self.world = world
        self._limit = requests or RateLimit(100, 60)
        self._tokens: set[str] = set()
        self._asked = 0

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "subreddits": self.world.brand.handle,
            "username": self.world.brand.handle,
            "password": PASSWORD,
            "sign_in_address": address,
            "api_address": address,
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Of two hosts, in life."""
        reads: dict[str, Handler] = {
            "/r/{subreddit}/new": self.posts,
            "/r/{subreddit}/comments": self.comments,
            "/search": self.search,
            "/user/{name}/comments": self.comments_of,
            "/message/inbox": self.inbox,
            "/api/info": self.info,
        }
        return {
            **{("GET", path): handler for path, handler in reads.items()},
            ("POST", "/api/v1/access_token"): self.token,
            ("POST", "/api/comment"): self.comment,
        }

    def before(self, request: Request) -> Answer | None:
        """Everything needs a token, and is counted."""
        if request.path == "/api/v1/access_token":
            return None
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self._tokens:
            return Answer({"message": "Unauthorized", "error": 401}, 401)
        if self._limit.take().is_over:
            return Answer({"message": "Too Many Requests", "error": 429}, 429, self._headers())
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def token(self, request: Request) -> Answer:
        """As the application, or as the brand's account."""
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            return Answer({"message": "Unauthorized", "error": 401}, 401)
        form = _form(request)
        if form.get("grant_type") == "password" and form.get("password") != PASSWORD:
            return Answer({"error": "invalid_grant"})  # with 200, as there
        token = secrets.token_urlsafe(12)
        self._tokens.add(token)
        return Answer({"access_token": token, "token_type": "bearer", "expires_in": 86400, "scope": "*"})

    def posts(self, request: Request, subreddit: str) -> Answer:
        """Of one subreddit; another one is private."""
        if subreddit.lower() != self.world.brand.handle:
            return Answer({"reason": "private", "message": "Forbidden", "error": 403}, 403)
        return self._listing(request, (post for post in self._all() if post.parent is None))

    def comments(self, request: Request, subreddit: str) -> Answer:
        """Of one subreddit."""
        if subreddit.lower() != self.world.brand.handle:
            return Answer({"reason": "private", "message": "Forbidden", "error": 403}, 403)
        return self._listing(request, (post for post in self._all() if post.parent is not None))

    def search(self, request: Request) -> Answer:
        """Posts with all the words."""
        words = request.get("q").lower().split()
        posts = (post for post in self.world.posts() if post.parent is None)
        return self._listing(request, (post for post in posts if all(word in post.text.lower() for word in words)))

    def comments_of(self, request: Request, name: str) -> Answer:
        """Of one account."""
        posts = (post for post in self.world.posts() if post.parent is not None)
        return self._listing(request, (post for post in posts if post.author.handle == name.lower()))

    def inbox(self, request: Request) -> Answer:
        """What answers the brand."""
        own = {post.number for post in self.world.posts() if post.author == self.world.brand}
        return self._listing(request, (post for post in self.world.posts() if post.parent in own))

    def info(self, request: Request) -> Answer:
        """Things by their names, the deleted too, all at once."""
        wanted = set(request.get("id").split(","))
        children = [self._child(post) for post in self._all() if name_of(post) in wanted]
        return Answer({"kind": "Listing", "data": {"after": None, "children": children}}, headers=self._headers())

    def comment(self, request: Request) -> Answer:
        """Take a comment of the brand; said twice, it is there twice."""
        form = _form(request)
        answered = next((post for post in self._all() if name_of(post) == form.get("thing_id")), None)
        if answered is None or self.world.post(answered.number) is None:
            said = [["DELETED_COMMENT", "that comment has been deleted", "parent"]]
            return Answer({"json": {"errors": said}}, headers=self._headers())
        post = self.world.say(self.world.brand, form["text"], parent=answered.number)
        return Answer({"json": {"errors": [], "data": {"things": [self._child(post)]}}}, headers=self._headers())

    def _all(self) -> list[Post]:
        """With those that were deleted."""
        gone = {each.post.number: each.post for each in self.world.changes(0) if each.what is Happened.DELETED}
        return sorted([*self.world.posts(), *gone.values()], key=lambda post: post.number)

    def _listing(self, request: Request, posts: Iterable[Post]) -> Answer:
        newest = sorted(posts, key=lambda post: post.number, reverse=True)
        limit, after = min(int(request.get("limit", "25")), 100), request.get("after")
        start = next((place + 1 for place, post in enumerate(newest) if name_of(post) == after), 0)
        page = newest[start : start + limit]
        more = name_of(page[-1]) if len(newest) > start + limit else None
        children = [self._child(post) for post in page]
        return Answer({"kind": "Listing", "data": {"after": more, "children": children}}, headers=self._headers())

    def _child(self, post: Post) -> dict[str, Any]:
        return {"kind": name_of(post)[:2], "data": self._thing(post)}

    def _thing(self, post: Post) -> dict[str, Any]:
        self._asked += 1
        is_gone, subreddit = post.deleted_at is not None, self.world.brand.handle
        name, words = name_of(post), "[deleted]" if post.deleted_at else post.text
        told: dict[str, Any] = {
            "name": name,
            "id": name[3:],
            "author": "[deleted]" if is_gone else post.author.handle,
            "created_utc": post.at.timestamp(),
            "subreddit": subreddit,
            "score": self._asked,  # fuzzed at every look, as there
            "edited": post.edited_at.timestamp() if post.edited_at else False,
            "permalink": f"/r/{subreddit}/comments/{name[3:]}/",
        }
        if not is_gone:
            told["author_fullname"] = f"t2_{post.author.number}"
        if post.parent is None:
            url = f"https://www.reddit.com{told['permalink']}"
            return {**told, "title": " ".join(words.split()[:8]), "selftext": words, "url": url, "num_comments": 1}
        parent = next((each for each in self._all() if each.number == post.parent), None)
        return {**told, "body": words, "parent_id": name_of(parent) if parent else ""}

    def _headers(self) -> dict[str, str]:
        allowance = self._limit.take(0)
        used = allowance.limit - max(allowance.left, 0)
        left = "0.0" if allowance.is_over else f"{allowance.left}.0"
        return {"x-ratelimit-remaining": left, "x-ratelimit-used": str(used), "x-ratelimit-reset": "42"}


def name_of(post: Post) -> str:
    """Its full name."""
    number, digits = _FIRST + post.number, ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return f"{'t3' if post.parent is None else 't1'}_{digits}"


def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.body.decode("utf-8", "replace")))
