"""The twin of Twilio's REST API (version 2010-04-01): messages, calls, recordings, transcriptions, files."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from goodword.connectors.twilio.receiving import is_stop
from goodword.connectors.twilio.twin_webhooks import Caller
from goodword.connectors.twins.faults import RateLimit
from goodword.connectors.twins.server import Answer, Handler, Line, Request
from goodword.connectors.twins.telling import Telling
from goodword.connectors.twins.world import Account, File, Post, Visible, World

ACCOUNT = "AC00000000000000000000000000000077"
TOKEN = "twin-of-twilio"  # noqa: S105  # of a simulator
NUMBER = "+15005550006"
_PEOPLE = 491700000000
_API = f"/2010-04-01/Accounts/{ACCOUNT}"
_LONGEST = 1600


def make_twin(world: World) -> TwilioTwin:
    """As `goodword simulate` calls it."""
    return TwilioTwin(world)


def number_of(account: Account) -> str:
    """Everybody has a phone."""
    return f"+{_PEOPLE + account.number}"


def is_call(post: Post) -> bool:
    """One in four people calls, and says it to the answering machine; so does who says it to followers only."""
    return post.visible is Visible.FOLLOWERS or post.author.number % 4 == 0


def sid(kind: str, number: int) -> str:
    """SM for a message, CA a call, RE a recording, TR its transcription, ME a file."""
    return f"{kind}{number:032x}"


class TwilioTwin:
    """An account with one number."""

    label = "Phone and SMS (Twilio)"

    def __init__(self, world: World, *, requests: RateLimit | None = None) -> None:
        self.world = world
        self._requests = requests or RateLimit(100, 1)
        self.storage_asked: list[Request] = []
        self.telling = Telling(world, Caller(self, account=ACCOUNT, token=TOKEN, number=NUMBER).tell)
        self._callbacks: dict[int, str] = {}  # by the number of an SMS of ours
        self._sending = threading.Lock()
        self._address = ""

    def settings(self, address: str) -> Mapping[str, str]:
        """What to fill in."""
        self._address = address
        return {"account_sid": ACCOUNT, "auth_token": TOKEN, "number": NUMBER, "api": address}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """What a connector calls."""
        return {
            ("GET", f"{_API}/IncomingPhoneNumbers.json"): self.numbers,
            ("GET", f"{_API}/Messages.json"): self.messages,
            ("POST", f"{_API}/Messages.json"): self.send,
            ("GET", f"{_API}/Messages/{{message}}.json"): self.message,
            ("GET", f"{_API}/Messages/{{message}}/Media.json"): self.media,
            ("GET", f"{_API}/Messages/{{message}}/Media/{{file}}"): self.file,
            ("GET", f"{_API}/Calls.json"): self.calls,
            ("GET", f"{_API}/Calls/{{call}}/Recordings.json"): self.recordings,
            ("GET", f"{_API}/Recordings/{{recording}}"): self.recording,
            ("GET", f"{_API}/Transcriptions.json"): self.transcriptions,
            ("GET", "/storage/{file}"): self.stored,
        }

    def before(self, request: Request) -> Answer | None:
        """Nothing without the token; what is stored elsewhere needs none."""
        if request.path.startswith("/storage/"):
            return None
        basic = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return _no(401, 20003, "Authenticate")
        return _no(429, 20429, "Too Many Requests") if self._requests.take().is_over else None

    async def stream(self, request: Request, line: Line) -> None:
        """There is none."""
        await line.close()

    def numbers(self, request: Request) -> Answer:
        """Those of the account."""
        urls = {"sms_url": self.telling.address, "voice_url": self.telling.address and f"{self.telling.address}voice"}
        ours = [{"phone_number": NUMBER, **urls}] if request.get("PhoneNumber") == NUMBER else []
        return Answer({"incoming_phone_numbers": ours})

    def messages(self, request: Request) -> Answer:
        """In both directions, newest first."""
        told = [_message(post, self._caller(post)) for post in self.world.posts() if not is_call(post)]
        wanted = [
            each for each in told if request.get("To") in {"", each["to"]} and request.get("From") in {"", each["from"]}
        ]
        return self._page(request, "messages", wanted, "DateSent>")

    def message(self, request: Request, message: str) -> Answer:
        """One of them."""
        found = self._post(message)
        return Answer(_message(found, self._caller(found))) if found else _no(404, 20404, "Not found")

    def send(self, request: Request) -> Answer:
        """An SMS to somebody."""
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        to = next((each for each in self.world.accounts() if number_of(each) == form.get("To")), None)
        if to is None:
            return _no(400, 21211, f"The 'To' number {form.get('To')} is not a valid phone number.")
        if len(form.get("Body", "")) > _LONGEST:
            return _no(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        said = [post for post in self.world.posts() if post.author == to]
        if said and is_stop(_words(said[-1])):
            return _no(400, 21610, "Attempt to send to unsubscribed recipient")
        parent = said[-1].number if said else None
        with self._sending:
            post = self.world.say(self.world.brand, form["Body"], parent=parent, visible=Visible.DIRECT)
            self._callbacks[post.number] = form.get("StatusCallback", "")
        return Answer({**_message(post, to), "status": "queued"}, 201)

    def media(self, request: Request, message: str) -> Answer:
        """Pictures of an MMS."""
        post = self._post(message)
        files = post.files if post else ()
        return Answer({"media_list": [{"sid": sid("ME", each.number), "content_type": each.kind} for each in files]})

    def file(self, request: Request, message: str, file: str) -> Answer:
        """It lies elsewhere."""
        host = request.headers.get("host", "127.0.0.1")
        return Answer(b"", 307, {"location": f"http://{host}/storage/{file}?Expires=1"}, kind="text/plain")

    def stored(self, request: Request, file: str) -> Answer:
        """Its bytes, to whoever knows the address."""
        self.storage_asked.append(request)
        found = self.world.file(int(file[2:], 16))
        return Answer(found.content, kind=found.kind) if found else _no(404, 20404, "Not found")

    def calls(self, request: Request) -> Answer:
        """Those that ended, newest first."""
        told = [
            {
                "sid": sid("CA", post.number),
                "direction": "inbound",
                "status": "completed",
                "from": number_of(post.author),
                "to": NUMBER,
                "start_time": _time(post.at),
                "date_created": _time(post.at),
                "duration": "23",
            }
            for post in self.world.posts()
            if is_call(post) and post.author != self.world.brand
        ]
        return self._page(request, "calls", told, "StartTime>")

    def recordings(self, request: Request, call: str) -> Answer:
        """What a caller left; nothing, where they said nothing."""
        post = self._post(call)
        if post is None or not _words(post):
            return Answer({"recordings": []})
        told = {"sid": sid("RE", post.number), "date_created": _time(post.at), "duration": "20", "call_sid": call}
        return Answer({"recordings": [told]})

    def recording(self, request: Request, recording: str) -> Answer:
        """As MP3."""
        if not recording.endswith(".mp3") or self._post(recording.removesuffix(".mp3")) is None:
            return _no(404, 20404, "Not found")
        return Answer(b"ID3 a voice", kind="audio/mpeg")

    def transcriptions(self, request: Request) -> Answer:
        """Of all recordings, newest first."""
        told = [
            {
                "sid": sid("TR", post.number),
                "recording_sid": sid("RE", post.number),
                "status": "completed",
                "transcription_text": _words(post),
                "date_created": _time(post.at),
            }
            for post in self.world.posts()
            if is_call(post) and post.author != self.world.brand and _words(post)
        ]
        return Answer({"transcriptions": told[::-1][: int(request.get("PageSize", "50"))], "next_page_uri": None})

    def told(self, post: Post) -> dict[str, Any]:
        """An SMS as the API gives it."""
        return _message(post, self._caller(post))

    def callback(self, post: Post) -> str:
        """Where to tell what became of an SMS of ours, if anywhere."""
        with self._sending:
            return self._callbacks.get(post.number, "")

    def is_call(self, post: Post) -> bool:
        """Whether it was spoken."""
        return is_call(post)

    def sids(self, post: Post) -> Mapping[str, str]:
        """Of a call, its recording, and what was written down of it."""
        return {kind: sid(kind, post.number) for kind in ("CA", "RE", "TR")}

    def recording_address(self, post: Post) -> str:
        """Where a recording is to be had."""
        return f"{self._address}{_API}/Recordings/{sid('RE', post.number)}"

    def file_address(self, post: Post, file: File) -> str:
        """Where a picture of an MMS is to be had."""
        return f"{self._address}{_API}/Messages/{sid('SM', post.number)}/Media/{sid('ME', file.number)}"

    def _page(self, request: Request, name: str, told: Iterable[dict[str, Any]], since: str) -> Answer:
        begin = request.get(since)
        dated = [each for each in told if not begin or _day(each["date_created"]) >= begin][::-1]
        size, page = int(request.get("PageSize", "50")), int(request.get("Page", "0"))
        there = dated[page * size : (page + 1) * size]
        more = None
        if len(dated) > (page + 1) * size:
            query = {**dict(request.query), "Page": str(page + 1), "PageSize": str(size)}
            more = f"{request.path}?{urlencode(query)}"
        return Answer({name: there, "page": page, "page_size": size, "next_page_uri": more})

    def _post(self, given: str) -> Post | None:
        try:
            return self.world.post(int(given[2:], 16))
        except ValueError:
            return None

    def _caller(self, post: Post) -> Account:
        """Whom an SMS of ours goes to, or who wrote."""
        if post.author != self.world.brand:
            return post.author
        answered = self.world.post(post.parent or 0)
        return answered.author if answered else self.world.brand


def _message(post: Post, caller: Account) -> dict[str, Any]:
    ours = post.author != caller
    return {
        "sid": sid("SM", post.number),
        "direction": "outbound-api" if ours else "inbound",
        "from": NUMBER if ours else number_of(caller),
        "to": number_of(caller) if ours else NUMBER,
        "body": _words(post),
        "num_media": str(len(post.files)),
        "num_segments": "1",
        "status": "delivered" if ours else "received",
        "error_code": None,
        "date_created": _time(post.at),
        "date_sent": _time(post.at),
    }


def _words(post: Post) -> str:
    """Nobody names the brand on its own number."""
    first, _blank, rest = post.text.partition(" ")
    return rest if first.startswith("@") else post.text


def _time(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC).replace(microsecond=0))


def _day(told: str) -> str:
    return datetime.strptime(told, "%a, %d %b %Y %H:%M:%S %z").astimezone(UTC).date().isoformat()


def _no(status: int, code: int, message: str) -> Answer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Answer({"code": code, "message": message, "more_info": more, "status": status}, status)
