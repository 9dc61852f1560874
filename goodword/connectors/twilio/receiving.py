"""What Twilio tells by webhooks: SMS, voicemails, transcripts, what became of ours; and what callers are to hear. Pure.

A request is signed over its whole address and what it says (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, quoteattr

import msgspec

from goodword.connectors.contract import Refused, Settings
from goodword.connectors.receiving import (
    NotTaken,
    Proof,
    Received,
    Refusal,
    Webhook,
    WebhookReply,
    WebhookRequest,
    is_same,
)
from goodword.connectors.twilio.account import read_account
from goodword.connectors.twilio.items import File, Item, Message, Status, Transcript, Voicemail, raw_of

TOLD = Webhook(proof=Proof.SIGNATURE, max_bytes=200_000)
_MOST_FILES = 10
_LONGEST_MESSAGE = 180  # seconds of a voicemail
# Words that end the subscription, sent alone (https://help.twilio.com/articles/223134027).
_STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}

Form = Mapping[str, str]


def receive(settings: Settings, request: WebhookRequest) -> Received:
    """Raises `NotTaken`."""
    try:
        account = read_account(settings)
    except Refused as refusal:
        raise NotTaken(Refusal.UNPROVEN, str(refusal)) from refusal
    pairs = _pairs(request)
    if not is_genuine(request, pairs, account.token):
        raise NotTaken(Refusal.UNPROVEN)
    form = dict(pairs)
    door = request.rest.strip("/")
    if form.get("AccountSid") != account.sid:
        raise NotTaken(Refusal.STRANGE, "It is of another account.")
    if door != "status" and form.get("To") != account.number:
        raise NotTaken(Refusal.STRANGE, "It is for another number.")
    if door == "voice":
        return Received(reply=_twiml(_greeting(settings)))
    read = _DOORS.get(door)
    if read is None:
        raise NotTaken(Refusal.MALFORMED, "Nothing is known behind this address.")
    item = _checked(read(form, request))
    return Received((raw_of(item),) if item else (), _twiml("" if door != "recorded" else "<Hangup/>"))


def is_genuine(request: WebhookRequest, pairs: Sequence[tuple[str, str]], token: str) -> bool:
    """Whether the signature is one of this address and these words. Never, without a token."""
    given = request.headers.get("x-twilio-signature", "")
    body_hash = dict(request.query).get("bodySHA256")
    if body_hash is not None:  # a JSON body isn't part of what is signed, but its digest is part of the address
        if not is_same(hashlib.sha256(request.body).hexdigest(), body_hash.lower()):
            return False
        pairs = ()
    return bool(token) and is_same(given, sign(request.address, pairs, token))


def sign(address: str, pairs: Sequence[tuple[str, str]], token: str) -> str:
    """HMAC-SHA1 of the address and, sorted by name, each name and value."""
    said = address + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), said.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _pairs(request: WebhookRequest) -> list[tuple[str, str]]:
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            told = msgspec.json.decode(request.body, type=dict[str, object])
            return [(name, str(value)) for name, value in told.items()]
        return parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=200)
    except (ValueError, msgspec.DecodeError, RecursionError):
        return []  # then the signature is wrong too


def _checked(item: Item | None) -> Item | None:
    """As the shapes of items have it; a part that is too long or no id is malformed."""
    if item is None:
        return None
    try:
        return msgspec.json.decode(msgspec.json.encode(item), type=Item)  # type: ignore[no-any-return]
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeEncodeError) as error:
        raise NotTaken(Refusal.MALFORMED, "A part of it is missing or too long.") from error


def _message(form: Form, request: WebhookRequest) -> Message:
    count = min(_number(form.get("NumMedia", "")), _MOST_FILES)
    files = [
        File(form[f"MediaUrl{number}"], form.get(f"MediaContentType{number}", ""))
        for number in range(count)
        if f"MediaUrl{number}" in form
    ]
    return Message(
        sid=form.get("MessageSid", ""),
        caller=form.get("From", ""),
        at=request.at,
        text=form.get("Body", ""),
        files=files,
        country=form.get("FromCountry", ""),
        opted_out=is_stop(form.get("Body", ""), form.get("OptOutType", "")),
    )


def is_stop(text: str, kind: str = "") -> bool:
    """Whether somebody wants no more of it; Twilio sends them nothing from then on."""
    return kind == "STOP" or text.strip().upper() in _STOP_WORDS


def _voicemail(form: Form, request: WebhookRequest) -> Voicemail:
    return Voicemail(
        sid=form.get("RecordingSid", "") or _last_part(form.get("RecordingUrl", "")),
        caller=form.get("From", ""),
        at=request.at,
        call=form.get("CallSid", ""),
        recording=recording_at(form.get("RecordingUrl", "")),
        seconds=_number(form.get("RecordingDuration", "")),
        country=form.get("FromCountry", ""),
    )


def recording_at(url: str) -> File:
    """Twilio gives a recording as MP3 under its address and .mp3."""
    return File(url + ".mp3", "audio/mpeg")


def _transcript(form: Form, request: WebhookRequest) -> Transcript | None:
    if form.get("TranscriptionStatus") != "completed" or not form.get("TranscriptionText"):
        return None
    return Transcript(
        sid=form.get("TranscriptionSid", ""),
        caller=form.get("From", ""),
        at=request.at,
        voicemail=form.get("RecordingSid", ""),
        text=form["TranscriptionText"],
        url=form.get("TranscriptionUrl", ""),
    )


def _status(form: Form, request: WebhookRequest) -> Status:
    return Status(
        sid=form.get("MessageSid", ""),
        at=request.at,
        status=form.get("MessageStatus", ""),
        error=form.get("ErrorCode", ""),
        key=dict(request.query).get("key", ""),
    )


_DOORS: Mapping[str, Callable[[Form, WebhookRequest], Item | None]] = {
    "": _message,
    "sms": _message,
    "recorded": _voicemail,
    "transcript": _transcript,
    "status": _status,
}


def _greeting(settings: Settings) -> str:
    """https://www.twilio.com/docs/voice/twiml/record; addresses are those beside the one that was called."""
    said = escape(str(settings.get("greeting") or ""))
    language = quoteattr(str(settings.get("voice_language") or "en-US"))
    transcribe = ' transcribe="true" transcribeCallback="transcript"' if settings.get("transcribe") == "yes" else ""
    record = f'<Record action="recorded" method="POST" maxLength="{_LONGEST_MESSAGE}" finishOnKey="#"{transcribe}/>'
    return f"<Say language={language}>{said}</Say>{record}" if said else record


def _twiml(verbs: str) -> WebhookReply:
    return WebhookReply(
        body=f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>'.encode("utf-8", "replace"),
        content_type="text/xml; charset=utf-8",
    )


def _last_part(url: str) -> str:
    try:
        return urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return ""


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
