"""The twin of Meta's Graph API: a Page, its Instagram account, comments, conversations, the Send API."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from goodword.connectors.meta.page import VERSION
from goodword.connectors.meta.twin_webhooks import App
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.telling import Telling
from goodword.connectors.twins.world import Account, Post, Visible, World

PAGE, INSTAGRAM = "1000000000077", "17840000000077"
PAGE_POST, PICTURE = f"{PAGE}_900077", "17900077"
_NESTED = 25  # entries of a list within a list
TOKEN = "twin-page-token"  # noqa: S105  # of a simulator
APP_SECRET = "twin-app-secret"  # noqa: S105
VERIFY_TOKEN = "any-16-letters-will-do"  # noqa: S105
_PEOPLE = 6_000_000_000
_WINDOW, _HUMAN_AGENT = timedelta(hours=24), timedelta(days=7)


def make_twin(world: World) -> MetaTwin:
    """As `goodword simulate` calls it."""
    return MetaTwin(world)


def person(account: Account) -> str:
    """Their id, as the Page knows them."""
    return str(_PEOPLE + account.number)


class MetaTwin:
    """One Page with one post, and one picture on Instagram. Of four people one writes messages and one on Instagram."""

    label = "Facebook Page and Instagram"

    def __init__(self, world: World, *, calls: RateLimit | None = None) -> None:
        self.world = world
        self._calls = calls or RateLimit(4800, 3600)
        self.subscribed: dict[str, Any] = {}
        self.can_subscribe = True
        self.used = 28  # per cent of the app's limit, as each answer says
        self.asked: list[Request] = []
        self.sent: list[dict[str, Any]] = []  # by the Send API, as it was asked
        self._answered: set[int] = set()  # comments with a private reply
        self._metadata: dict[int, str] = {}  # by the number of a message of ours
        self._sending = threading.Lock()
        app = App(self, page=PAGE, instagram=INSTAGRAM, secret=APP_SECRET, verify_token=VERIFY_TOKEN)
        self.telling = Telling(world, app.tell, verify=app.verify)

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {
            "page_id": PAGE,
            "page_token": TOKEN,
            "app_secret": APP_SECRET,
            "verify_token": VERIFY_TOKEN,
            "instagram_id": INSTAGRAM,
            "every_minutes": "1",
            "api": address,
        }

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """What a connector calls."""
        here = f"/{VERSION}"
        return {
            ("GET", f"{here}/{PAGE}/feed"): self.feed,
            ("GET", f"{here}/{PAGE}/conversations"): self.conversations,
            ("GET", f"{here}/{PAGE}/subscribed_apps"): self.apps,
            ("POST", f"{here}/{PAGE}/subscribed_apps"): self.subscribe,
            ("POST", f"{here}/{PAGE}/messages"): self.message,
            ("GET", f"{here}/{INSTAGRAM}/media"): self.media,
            ("GET", f"{here}/{{node}}/comments"): self.comments,
            ("POST", f"{here}/{{node}}/comments"): self.comment,
            ("GET", f"{here}/{{node}}/replies"): self.replies,
            ("GET", f"{here}/{{node}}/messages"): self.messages,
            ("POST", f"{here}/{{node}}/replies"): self.reply,
            ("GET", f"{here}/{{node}}"): self.named,
        }

    def before(self, request: Request) -> Answer | None:
        """Nothing without the token and the proof of the app's secret; not too often."""
        self.asked.append(request)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _no(190, "Error validating access token")
        proof = request.get("appsecret_proof") or request.json().get("appsecret_proof")
        if proof != hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest():
            return _no(100, "Invalid appsecret_proof provided in the API argument")
        if self._calls.take().is_over:
            usage = f'{{"{PAGE}":[{{"type":"pages","call_count":100,"estimated_time_to_regain_access":7}}]}}'
            return _no(80001, "There have been too many calls", headers={"x-business-use-case-usage": usage})
        return None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def where(self, post: Post) -> str:
        """The kind of place in which a conversation is, as `Where` calls it."""
        root = self.world.root(post)
        number = root.author.number % 4
        site = "ig" if number == 0 else "fb"
        return f"{site}-message" if root.visible is Visible.DIRECT or number == 3 else f"{site}-comment"

    def id_of(self, post: Post) -> str:
        """As Meta gives it, which is another for each kind of place."""
        made = {
            "fb-comment": f"900077_{post.number}",
            "fb-message": f"m_{post.number:040x}",
            "ig-comment": f"1790000{post.number}",
            "ig-message": f"aWdfZAG1f{post.number:040x}",
        }
        return made[self.where(post)]

    def named(self, request: Request, node: str) -> Answer:
        """The Page, or its account."""
        brand = self.world.brand
        if node not in {PAGE, INSTAGRAM}:
            return _gone()
        return self._yes({"id": node, "name": brand.name, **({"username": brand.handle} if node == INSTAGRAM else {})})

    def apps(self, request: Request) -> Answer:
        """That are told of the Page."""
        return self._yes({"data": [{"id": "1", "name": "Twin"}] if self.subscribed else []})

    def subscribe(self, request: Request) -> Answer:
        """Taken; where to tell it, an admin enters on the twin's page."""
        if not self.can_subscribe:
            return _no(200, "Requires pages_manage_metadata permission to manage the object")
        self.subscribed = request.json()
        return self._yes({"success": True})

    def feed(self, request: Request) -> Answer:
        """One post of the Page with its newest comments."""
        post = {
            "id": PAGE_POST,
            "message": "Our new jackets are here.",
            "created_time": _time(datetime.now(UTC)),
            "from": {"id": PAGE, "name": self.world.brand.name},
            "comments": self._list(request, f"{PAGE_POST}/comments", self._comments(), nested=True),
        }
        return self._yes({"data": [post]})

    def media(self, request: Request) -> Answer:
        """One picture with its newest comments, the answers below them."""
        tops = self._list(request, f"{PICTURE}/comments", self._tops(), nested=True)
        return self._yes({"data": [{"id": PICTURE, "timestamp": _time(datetime.now(UTC)), "comments": tops}]})

    def conversations(self, request: Request) -> Answer:
        """With everybody who wrote, or one of them; what changed last comes first."""
        where = "ig-message" if request.get("platform") == "instagram" else "fb-message"
        people = {person(self._customer(post)): post.at for post in self._posts(where)}
        wanted = request.get("user_id")
        found = [
            {
                "id": f"t_{where[:2]}_{one}",
                "updated_time": _time(at),
                "messages": self._list(request, f"t_{where[:2]}_{one}/messages", self._said(where, one), nested=True),
            }
            for one, at in people.items()
            if wanted in {"", one}
        ]
        newest = sorted(found, key=lambda each: str(each["updated_time"]), reverse=True)
        return self._yes(self._list(request, f"{PAGE}/conversations", newest))

    def messages(self, request: Request, node: str) -> Answer:
        """Of one conversation, newest first."""
        _t, site, one = node.split("_") if node.count("_") == 2 else ("", "", "")
        said = self._said(f"{site}-message", one)
        return self._yes(self._list(request, f"{node}/messages", said)) if said else _gone()

    def comments(self, request: Request, node: str) -> Answer:
        """Below a post, a picture or a comment, newest first."""
        if node in {PAGE_POST, PICTURE}:
            said = self._comments() if node == PAGE_POST else self._tops()
            return self._yes(self._list(request, f"{node}/comments", said))
        return self._below("fb-comment", node, self.page_comment)

    def replies(self, request: Request, node: str) -> Answer:
        """Below a comment on Instagram."""
        return self._below("ig-comment", node, self.instagram_comment)

    def comment(self, request: Request, node: str) -> Answer:
        """Below a comment."""
        return self._write("fb-comment", node, str(request.json().get("message", "")))

    def reply(self, request: Request, node: str) -> Answer:
        """Below a comment on Instagram, and that an uppermost one."""
        found = self._find("ig-comment", node)
        if found and found.parent is not None:
            return _no(100, "Unsupported post request: replies stand below the uppermost comment")
        return self._write("ig-comment", node, str(request.json().get("message", "")))

    def message(self, request: Request) -> Answer:
        """The Send API: https://developers.facebook.com/docs/messenger-platform/reference/send-api."""
        asked = request.json()
        recipient, text = asked.get("recipient") or {}, str((asked.get("message") or {}).get("text", ""))
        self.sent.append(asked)
        if "comment_id" in recipient:
            return self._private_reply(str(recipient["comment_id"]), text)
        said = [
            post
            for post in self.world.posts()
            if self.where(post).endswith("-message") and person(post.author) == recipient.get("id")
        ]
        if not said:
            return _no(100, "No matching user found", subcode=2018001)
        age = datetime.now(UTC) - said[-1].at
        if age > (_HUMAN_AGENT if asked.get("tag") == "HUMAN_AGENT" else _WINDOW):
            return _no(10, "This message is sent outside of allowed window.", subcode=2018278)
        with self._sending:
            made = self.world.say(self.world.brand, text, parent=said[-1].number, visible=Visible.DIRECT)
            self._metadata[made.number] = str((asked.get("message") or {}).get("metadata", ""))
        return self._yes({"recipient_id": recipient["id"], "message_id": self.id_of(made)})

    def _private_reply(self, node: str, text: str) -> Answer:
        found = self._find("fb-comment", node) or self._find("ig-comment", node)
        if found is None:
            return _gone()
        if found.number in self._answered or datetime.now(UTC) - found.at > _HUMAN_AGENT:
            return _no(10900, "Activity already replied to")
        self._answered.add(found.number)
        return self._yes({"recipient_id": person(found.author), "message_id": f"m_private_{found.number}"})

    def _write(self, where: str, node: str, text: str) -> Answer:
        found = self._find(where, node)
        if found is None:
            return _gone()
        return self._yes({"id": self.id_of(self.world.say(self.world.brand, text, parent=found.number))})

    def _below(self, where: str, node: str, told: Callable[[Post], dict[str, Any]]) -> Answer:
        found = self._find(where, node)
        if found is None:
            return _gone()
        below = [post for post in self._posts(where) if post.parent == found.number]
        return self._yes({"data": [told(post) for post in below][::-1]})

    def _comments(self) -> list[dict[str, Any]]:
        """Below the Page's post, newest first."""
        return [self.page_comment(post) for post in self._posts("fb-comment")][::-1]

    def _tops(self) -> list[dict[str, Any]]:
        """Below the picture, newest first, each with all that answers it."""
        posts = list(self._posts("ig-comment"))
        tops = []
        for post in posts:
            if post.parent is None:
                below = [each for each in posts if each != post and self.world.root(each) == post]
                replies = {"data": [self.instagram_comment(each) for each in below]}
                tops.append({**self.instagram_comment(post), "replies": replies})
        return tops[::-1]

    def _said(self, where: str, one: str) -> list[dict[str, Any]]:
        """In the conversation with one person, newest first."""
        posts = (post for post in self._posts(where) if person(self._customer(post)) == one)
        return [self.private_message(post) for post in posts][::-1]

    @staticmethod
    def _list(request: Request, edge: str, found: list[dict[str, Any]], *, nested: bool = False) -> dict[str, Any]:
        """A page of a list, and where the next one is; a nested list is always the first."""
        size = _NESTED if nested else min(int(request.get("limit") or 25), 100)
        begin = 0 if nested else int(request.get("after") or 0)
        paging: dict[str, Any] = {"cursors": {"after": str(begin + size)}}
        if len(found) > begin + size:
            host = request.headers.get("host", "127.0.0.1")
            paging["next"] = f"http://{host}/{VERSION}/{edge}?access_token=hidden&after={begin + size}"
        return {"data": found[begin : begin + size], "paging": paging}

    def _posts(self, where: str) -> Iterable[Post]:
        return (post for post in self.world.posts() if self.where(post) == where)

    def _find(self, where: str, node: str) -> Post | None:
        return next((post for post in self._posts(where) if self.id_of(post) == node), None)

    def _customer(self, post: Post) -> Account:
        return self.world.root(post).author

    def metadata(self, post: Post) -> str:
        """What was sent along with a message of ours."""
        with self._sending:
            return self._metadata.get(post.number, "")

    def page_comment(self, post: Post) -> dict[str, Any]:
        """As the Page's comments are listed."""
        told = {
            "id": self.id_of(post),
            "message": _words(post),
            "created_time": _time(post.at),
            "from": self._from(post, PAGE),
            "is_hidden": False,
        }
        if post.parent is not None and (answered := self.world.post(post.parent)):
            told["parent"] = {"id": self.id_of(answered)}
        return told

    def instagram_comment(self, post: Post) -> dict[str, Any]:
        """As those on Instagram are."""
        by = self._from(post, INSTAGRAM)
        told = {"id": self.id_of(post), "text": _words(post), "timestamp": _time(post.at), "hidden": False}
        return {**told, "username": post.author.handle, "from": {"id": by["id"], "username": post.author.handle}}

    def private_message(self, post: Post) -> dict[str, Any]:
        """As those of a conversation are."""
        own = INSTAGRAM if self.where(post).startswith("ig") else PAGE
        ours, customer = post.author == self.world.brand, self._customer(post)
        there = {"id": person(customer), "name": customer.name}
        here = {"id": own, "name": self.world.brand.name}
        return {
            "id": self.id_of(post),
            "created_time": _time(post.at),
            "message": _words(post),
            "from": here if ours else there,
            "to": {"data": [there if ours else here]},
        }

    def _from(self, post: Post, own: str) -> dict[str, str]:
        ours = post.author == self.world.brand
        return {"id": own if ours else person(post.author), "name": post.author.name}

    def _yes(self, body: object) -> Answer:
        return Answer(body, headers={"x-app-usage": f'{{"call_count":{self.used},"total_time":25,"total_cputime":25}}'})


def _words(post: Post) -> str:
    first, _blank, rest = post.text.partition(" ")
    return rest if first.startswith("@") else post.text


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000"


def _gone() -> Answer:
    return _no(100, "Unsupported request. Object does not exist, or lacks permissions", subcode=33)


def _no(code: int, message: str, *, subcode: int = 0, headers: Mapping[str, str] | None = None) -> Answer:
    error = {"message": message, "type": "OAuthException", "code": code, "error_subcode": subcode, "fbtrace_id": "A"}
    return Answer({"error": error}, 400, headers or {})
