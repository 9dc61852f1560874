"""The twin of Telegram's Bot API: its methods, and messages as it gives them (https://core.telegram.org/bots/api)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from goodword.connectors.telegram.account import WEBHOOK
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.telling import Telling, post_to
from goodword.connectors.twins.world import Account, Change, File, Happened, Post, World

TOKEN = "110201543:twin-of-telegram-twin-of-telegram"  # noqa: S105  # of a simulator
SECRET = "twin-of-telegram"  # noqa: S105
_BOT = 110201543
_GROUP = -1001000000077
_PEOPLE = 500_000_000
_FIRST_UPDATE = 871_500_000
_MAX_TEXT = 4096


def make_twin(world: World) -> TelegramTwin:
    """As `goodword simulate` calls it."""
    return TelegramTwin(world)


def chat_id(post: Post, world: World) -> int:
    """Every other person writes to the bot alone, the others in the brand's group; answers stand where they belong."""
    said = world.root(post).author
    return _GROUP if said == world.brand or said.number % 2 else _PEOPLE + said.number


class TelegramTwin:
    """One bot, a group, and people who write to it."""

    label = "Telegram"

    def __init__(self, world: World, *, messages: RateLimit | None = None) -> None:
        self.world = world
        # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
        self._messages = messages or RateLimit(30, 1)
        self._forgotten = 0  # updates below this number were confirmed
        self.telling = Telling(world, self._tell)
        self.webhook: dict[str, Any] = {}
        self.trouble: dict[str, Any] = {}  # of telling, for tests

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        return {"token": TOKEN, "way": WEBHOOK, "webhook_secret": SECRET, "api": address}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """The methods that a connector calls."""
        methods: dict[str, Handler] = {
            "getMe": self.me,
            "getUpdates": self.updates,
            "getWebhookInfo": self.webhook_info,
            "setWebhook": self.set_webhook,
            "sendMessage": self.send,
            "sendPhoto": self.send_files,
            "sendDocument": self.send_files,
            "sendMediaGroup": self.send_files,
            "getFile": self.file,
        }
        return {
            **{("POST", f"/bot{TOKEN}/{name}"): handler for name, handler in methods.items()},
            ("GET", f"/file/bot{TOKEN}/files/{{file}}/{{name}}"): self.content,
        }

    def before(self, request: Request) -> Answer | None:
        """Nothing without the token."""
        return None if TOKEN in request.path else _no(401, "Unauthorized")

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def me(self, request: Request) -> Answer:
        """The bot."""
        return _yes({**_bot(self.world.brand), "can_join_groups": True, "can_read_all_group_messages": True})

    def updates(self, request: Request) -> Answer:
        """What wasn't confirmed, oldest first; an answer without news comes at once."""
        if self.webhook.get("url"):
            return _no(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        asked = request.json()
        self._forgotten = max(self._forgotten, int(asked.get("offset", 0)))
        found = [each for each in self._all() if each["update_id"] >= self._forgotten]
        return _yes(found[: int(asked.get("limit", 100))])

    def webhook_info(self, request: Request) -> Answer:
        """Where updates go, and whether they arrive."""
        told = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
        if told["url"] and self.telling.failed_at is not None:
            told |= {
                "pending_update_count": self.telling.waiting,
                "last_error_date": int(self.telling.failed_at),
                "last_error_message": "Wrong response from the webhook",
            }
        return _yes(told | self.trouble)

    def set_webhook(self, request: Request) -> Answer:
        """Told from now on, with what nobody confirmed; without an address, nobody is."""
        self.webhook = request.json()
        self.telling.begin(self.webhook.get("url", ""), after=max(self._forgotten - _FIRST_UPDATE - 1, 0))
        return Answer({"ok": True, "result": True, "description": "Webhook was set"})

    def _tell(self, address: str, change: Change) -> bool:
        """https://core.telegram.org/bots/api#setwebhook."""
        update = self._update(change)
        headers = {
            "content-type": "application/json",
            "x-telegram-bot-api-secret-token": str(self.webhook.get("secret_token", "")),
        }
        return update is None or post_to(address, body=msgspec.json.encode(update), headers=headers) is not None

    def send(self, request: Request) -> Answer:
        """Write a message."""
        asked = request.json()
        return self._write(asked, str(asked.get("text", "")), ())

    def send_files(self, request: Request) -> Answer:
        """Write a message with files."""
        form, files = self._form(request)
        asked: dict[str, Any] = dict(form)
        if "reply_parameters" in asked:
            asked["reply_parameters"] = msgspec.json.decode(asked["reply_parameters"])
        album = msgspec.json.decode(asked["media"]) if "media" in asked else None
        answer = self._write(asked, album[0].get("caption", "") if album else asked.get("caption", ""), files)
        if album is None or answer.status != 200:
            return answer
        assert isinstance(answer.body, dict)
        return _yes([answer.body["result"]])

    def file(self, request: Request) -> Answer:
        """Where a file is to be had."""
        found = self._file(str(request.json().get("file_id", "")))
        if found is None:
            return _no(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path = f"files/{found.number}/{found.name}"
        return _yes({"file_id": _file_id(found), "file_size": len(found.content), "file_path": path})

    def content(self, request: Request, file: str, name: str) -> Answer:
        """Its bytes."""
        found = self.world.file(int(file)) if file.isdigit() else None
        return Answer(found.content, kind=found.kind) if found else _no(404, "Not Found")

    def message(self, post: Post) -> dict[str, Any]:
        """A message as the API gives it."""
        told = {
            "message_id": post.number,
            "from": _bot(post.author) if post.author == self.world.brand else _user(post.author),
            "chat": self._chat(chat_id(post, self.world), self.world.root(post).author),
            "date": int(post.at.timestamp()),
            **self._words(post),
        }
        if post.parent is not None and (answered := self.world.post(post.parent)):
            told["reply_to_message"] = self.message(answered) | {"reply_to_message": None}
        if post.edited_at is not None:
            told["edit_date"] = int(post.edited_at.timestamp())
        return {name: value for name, value in told.items() if value is not None}

    def _words(self, post: Post) -> dict[str, Any]:
        named = f"@{self.world.brand.handle}"
        text = post.text.replace(named, f"{named}_bot", 1)
        if chat_id(post, self.world) > 0:
            text = post.text.removeprefix(named).lstrip()  # in a chat with the bot alone nobody says its name
        at = text.find(f"{named}_bot")
        entities = [{"type": "mention", "offset": _units(text[:at]), "length": len(named) + 4}] if at >= 0 else None
        if not post.files:
            return {"text": text, "entities": entities}
        first = post.files[0]
        told = {"file_id": _file_id(first), "file_unique_id": f"u{first.number}", "file_size": len(first.content)}
        if first.kind.startswith("image/"):
            small = {**told, "file_id": f"small-{first.number}", "width": 90, "height": 67}
            return {
                "caption": text,
                "caption_entities": entities,
                "photo": [small, {**told, "width": 800, "height": 600}],
            }
        named_file = {**told, "file_name": first.name, "mime_type": first.kind}
        return {"caption": text, "caption_entities": entities, "document": named_file}

    def _all(self) -> Iterator[dict[str, Any]]:
        return (update for change in self.world.changes(0) if (update := self._update(change)))

    def _update(self, change: Change) -> dict[str, Any] | None:
        """What a bot is told of: not its own words."""
        name = _name_of(change)
        if name is None or change.post.author == self.world.brand:
            return None
        return {"update_id": _FIRST_UPDATE + change.number, name: self.message(change.post)}

    def _chat(self, number: int, person: Account) -> dict[str, Any]:
        if number == _GROUP:
            return {"id": number, "type": "supergroup", "title": f"{self.world.brand.name} and friends"}
        return {"id": number, "type": "private", "first_name": person.name, "username": person.handle}

    def _write(self, asked: dict[str, Any], text: str, files: tuple[File, ...]) -> Answer:
        if self._messages.take().is_over:
            return Answer(
                {
                    "ok": False,
                    "error_code": 429,
                    "description": "Too Many Requests: retry after 1",
                    "parameters": {"retry_after": 1},
                },
                429,
            )
        if _units(text) > _MAX_TEXT:
            return _no(400, "Bad Request: message is too long")
        if not text and not files:
            return _no(400, "Bad Request: message text is empty")
        answered = (asked.get("reply_parameters") or {}).get("message_id")
        last = [post for post in self.world.posts() if chat_id(post, self.world) == int(asked.get("chat_id", 0))]
        if not last:
            return _no(403, "Forbidden: bot can't initiate conversation with a user")
        parent = answered if self.world.post(answered or 0) else last[-1].number
        return _yes(self.message(self.world.say(self.world.brand, text, parent=parent, files=files)))

    def _form(self, request: Request) -> tuple[dict[str, str], tuple[File, ...]]:
        kind = request.headers.get("content-type", "").encode()
        form = email.message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + request.body, policy=email.policy.HTTP)
        texts: dict[str, str] = {}
        files: list[File] = []
        for part in form.iter_parts():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if part.get_filename() is None:
                texts[str(part.get_param("name", header="content-disposition"))] = content.decode()
            else:
                files.append(self.world.keep_file(str(part.get_filename()), part.get_content_type(), content))
        return texts, tuple(files)

    def _file(self, file_id: str) -> File | None:
        number = file_id.removeprefix("file-")
        return self.world.file(int(number)) if number.isdigit() else None


def _name_of(change: Change) -> str | None:
    return {Happened.SAID: "message", Happened.EDITED: "edited_message"}.get(change.what)  # deletions aren't told


def _yes(result: object) -> Answer:
    return Answer({"ok": True, "result": result})


def _no(code: int, description: str) -> Answer:
    return Answer({"ok": False, "error_code": code, "description": description}, code)


def _bot(brand: Account) -> dict[str, Any]:
    return {"id": _BOT, "is_bot": True, "first_name": brand.name, "username": f"{brand.handle}_bot"}


def _user(person: Account) -> dict[str, Any]:
    number, name = _PEOPLE + person.number, person.name
    return {"id": number, "is_bot": False, "first_name": name, "username": person.handle, "language_code": "en"}


def _file_id(file: File) -> str:
    return f"file-{file.number}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
