"""The twin of X's API v2: mentions, recent search, posting, compliance jobs (https://docs.x.com/x-api)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from goodword.connectors.contract import Count
from goodword.connectors.length import length
from goodword.connectors.twins.faults import Allowance, RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.world import Account, Post, World
from goodword.connectors.x.oauth import Keys, signature

_PEOPLE = 2_244_994_000
_EPOCH_MS = 1_288_834_974_657
KEYS = Keys("twin-app-key", "twin-app-secret", f"{_PEOPLE + 1}-twinAccessToken", "twin-access-secret")
BEARER = "twin-of-x-bearer"
_LONGEST = 280
_PARAMETER = re.compile(r'(\w+)="([^"]*)"')


def make_twin(world: World) -> XTwin:
    """As `goodword simulate` calls it."""
    return XTwin(world)


def post_id(post: Post) -> str:
    """Milliseconds since X's own epoch, then a number (Snowflake)."""
    return str(((int(post.at.timestamp() * 1000) - _EPOCH_MS) << 22) + post.number)


class XTwin:
    """X, as an app of the brand sees it."""

    label = "X"

    def __init__(self, world: World, *, requests: RateLimit | None = None) -> None:
        self.world = world
        self._requests = requests or RateLimit(300, 900)  # https://docs.x.com/x-api/fundamentals/rate-limits
        self.has_credits = True
        self._jobs: dict[str, bytes] = {}

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "bearer_token": BEARER,
            "app_key": KEYS.app_key,
            "app_secret": KEYS.app_secret,
            "access_token": KEYS.token,
            "access_secret": KEYS.token_secret,
            "every_minutes": "1",
            "api": address,
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """What a connector calls."""
        return {
            ("GET", "/2/users/me"): self.me,
            ("GET", "/2/users/{user}/mentions"): self._limited(self.mentions),
            ("GET", "/2/users/{user}/tweets"): self._limited(self.written_by),
            ("GET", "/2/tweets/search/recent"): self._limited(self.search),
            ("POST", "/2/tweets"): self._limited(self.post),
            ("POST", "/2/compliance/jobs"): self.make_job,
            ("GET", "/2/compliance/jobs/{job}"): self.job,
            ("PUT", "/storage/{job}"): self.take_ids,
            ("GET", "/storage/{job}"): self.became,
        }

    def before(self, request: Request) -> Answer | None:
        """Reading as the app, everything else in the account's name."""
        if request.path.startswith("/storage/"):
            return None
        as_account = request.path == "/2/users/me" or (request.method, request.path) == ("POST", "/2/tweets")
        given = request.headers.get("authorization", "")
        if not (_is_signed(request, given) if as_account else given == f"Bearer {BEARER}"):
            return _no(401, "Unauthorized", "Unauthorized")
        if not self.has_credits:
            return _no(402, "CreditsDepleted", "Your account does not have any credits to fulfill this request.")
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def me(self, request: Request) -> Answer:
        """Whose keys these are."""
        return Answer({"data": _user(self.world.brand)})

    def mentions(self, request: Request, user: str) -> Answer:
        """Posts that name the brand."""
        brand = self.world.brand
        return self._page(request, (post for post in self.world.posts() if brand in post.mentions), smallest=1)

    def written_by(self, request: Request, user: str) -> Answer:
        """Posts of one account."""
        written = (post for post in self.world.posts() if str(_PEOPLE + post.author.number) == user)
        return self._page(request, written, smallest=5)

    def search(self, request: Request) -> Answer:
        """Words, all of which a post has; operators are left out."""
        words = [word.strip('"“”').lower() for word in request.get("query").split() if ":" not in word]
        found = (post for post in self.world.posts() if all(word in post.text.lower() for word in words))
        return self._page(request, found, smallest=10)

    def post(self, request: Request) -> Answer:
        """An answer to who mentioned the account, of a text that it didn't say before."""
        asked = request.json()
        text, brand = str(asked.get("text", "")), self.world.brand
        answered = self._by_id(str((asked.get("reply") or {}).get("in_reply_to_tweet_id", "")))
        if length(text, Count.WEIGHTED) > _LONGEST:
            return _no(400, "Invalid Request", "Tweet text is too long.")
        if answered is None:
            return _no(403, "Forbidden", "You attempted to reply to a Tweet that is deleted or not visible to you.")
        if brand not in answered.mentions:
            return _no(403, "Forbidden", "Reply not allowed: you have not been mentioned by its author.")
        if any(post.author == brand and post.text.endswith(text) for post in self.world.posts()):
            return _no(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.")
        made = self.world.say(brand, f"@{answered.author.handle} {text}", parent=answered.number)
        return Answer(
            {"data": {"id": post_id(made), "text": made.text, "edit_history_tweet_ids": [post_id(made)]}}, 201
        )

    def make_job(self, request: Request) -> Answer:
        """Ids are to be sent to one address, and what became of them is at another."""
        number = str(1_382_000_000 + len(self._jobs))
        self._jobs[number] = b""
        return Answer({"data": self._told(request, number, "created")})

    def job(self, request: Request, job: str) -> Answer:
        """Complete, once there are ids."""
        return Answer({"data": self._told(request, job, "complete" if self._jobs.get(job) else "created")})

    def take_ids(self, request: Request, job: str) -> Answer:
        """One a line."""
        self._jobs[job] = request.body
        return Answer(b"", kind="text/plain")

    def became(self, request: Request, job: str) -> Answer:
        """One object a line, for each that is gone."""
        standing = {post_id(post) for post in self.world.posts()}
        gone = [each for each in self._jobs.get(job, b"").decode().split() if each not in standing]
        lines = [
            {"id": each, "action": "delete", "reason": "deleted", "redacted_at": datetime.now(UTC)} for each in gone
        ]
        return Answer(b"\n".join(msgspec.json.encode(line) for line in lines), kind="text/plain")

    def _told(self, request: Request, job: str, status: str) -> dict[str, Any]:
        there = f"http://{request.headers.get('host', '127.0.0.1')}/storage/{job}"
        return {"id": job, "type": "tweets", "status": status, "upload_url": there, "download_url": there + "?signed=1"}

    def _page(self, request: Request, posts: Iterable[Post], *, smallest: int) -> Answer:
        many = int(request.get("max_results") or 10)
        if not smallest <= many <= 100:
            return _no(400, "Invalid Request", f"max_results must be between {smallest} and 100")
        since, until, begin = request.get("since_id"), request.get("until_id"), request.get("start_time")
        found = sorted(
            (
                post
                for post in posts
                if (not since or int(post_id(post)) > int(since))
                and (not until or int(post_id(post)) < int(until))
                and (not begin or post.at >= datetime.fromisoformat(begin))
            ),
            key=lambda post: int(post_id(post)),
            reverse=True,
        )
        page = found[:many]
        meta: dict[str, Any] = {"result_count": len(page)}
        if not page:
            return Answer({"meta": meta})
        meta |= {"newest_id": post_id(page[0]), "oldest_id": post_id(page[-1])}
        if len(found) > many:
            meta["next_token"] = "b26v89c19zqg8o3"  # noqa: S105  # of a page after this one; we go on by until_id
        users = {post.author.number: _user(post.author) for post in page}
        told = [self._entity(post) for post in page]
        return Answer({"data": told, "includes": {"users": list(users.values())}, "meta": meta})

    def _entity(self, post: Post) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": post_id(post),
            "text": post.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "author_id": str(_PEOPLE + post.author.number),
            "conversation_id": post_id(self.world.root(post)),
            "created_at": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{post.at.microsecond // 1000:03}Z",
            "edit_history_tweet_ids": [post_id(post)],
            "lang": post.lang or "und",
        }
        if post.mentions:
            told["entities"] = {"mentions": [{"username": each.handle, "start": 0, "end": 1} for each in post.mentions]}
        if post.parent is not None and (answered := self.world.post(post.parent)):
            told["referenced_tweets"] = [{"type": "replied_to", "id": post_id(answered)}]
        return told

    def _by_id(self, wanted: str) -> Post | None:
        return next((post for post in self.world.posts() if post_id(post) == wanted), None)

    def _limited(self, handler: Callable[..., Answer]) -> Handler:
        def answer(request: Request, **parts: str) -> Answer:
            allowance = self._requests.take()
            limited = _no(429, "Too Many Requests", "Too Many Requests")
            given = limited if allowance.is_over else handler(request, **parts)
            return Answer(given.body, given.status, {**given.headers, **_left(allowance)}, given.kind)

        return answer


def _user(account: Account) -> dict[str, Any]:
    return {"id": str(_PEOPLE + account.number), "username": account.handle, "name": account.name, "verified": False}


def _no(status: int, title: str, detail: str) -> Answer:
    problem = f"https://api.twitter.com/2/problems/{title.lower().replace(' ', '-')}"
    return Answer({"title": title, "detail": detail, "type": problem, "status": status}, status)


def _left(allowance: Allowance) -> dict[str, str]:
    return {
        "x-rate-limit-limit": str(allowance.limit),
        "x-rate-limit-remaining": str(max(allowance.left, 0)),
        "x-rate-limit-reset": str(int(allowance.resets_at)),
    }


def _is_signed(request: Request, given: str) -> bool:
    parameters = dict(_PARAMETER.findall(given.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")))
    made = parameters.pop("oauth_signature", "")
    url = f"http://{request.headers.get('host', '')}{request.path}"
    return str(made) == signature(KEYS, method=request.method, url=url, parameters=parameters)
