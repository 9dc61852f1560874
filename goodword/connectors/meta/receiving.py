"""What Meta tells by webhooks (https://developers.facebook.com/docs/graph-api/webhooks/getting-started). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import Refused, Settings
from goodword.connectors.meta.items import Arrived, Id, Item, Said, Where, raw_of
from goodword.connectors.meta.page import Page, read_page
from goodword.connectors.receiving import (
    NotTaken,
    Proof,
    Received,
    Refusal,
    Webhook,
    WebhookReply,
    WebhookRequest,
    is_same,
    is_signed,
)
from goodword.connectors.storable import storable_json

TOLD = Webhook(proof=Proof.SIGNATURE, methods=("GET", "POST"))
_CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)
_POSTS = {"post", "status", "photo", "video", "album"}


class _Person(msgspec.Struct):
    id: str = ""
    name: str = ""
    username: str = ""


class _Thing(msgspec.Struct):
    id: str = ""


class _Value(msgspec.Struct):
    """Of a change: https://developers.facebook.com/docs/graph-api/webhooks/reference/page/#feed, and /instagram/."""

    item: str = ""
    verb: str = ""
    comment_id: str = ""
    post_id: str = ""
    parent_id: str = ""
    message: str = ""
    created_time: int = 0
    photo: str = ""
    link: str = ""
    from_: _Person | None = msgspec.field(default=None, name="from")
    id: str = ""  # from here on of Instagram
    text: str = ""
    media: _Thing | None = None


class _Change(msgspec.Struct):
    field: str
    value: msgspec.Raw = msgspec.Raw(b"{}")


class _Payload(msgspec.Struct):
    url: str | None = None


class _Attachment(msgspec.Struct):
    type: str = ""
    payload: _Payload | None = None


class _Message(msgspec.Struct):
    mid: Id
    text: str = ""
    attachments: list[_Attachment] = []
    is_echo: bool = False
    is_deleted: bool = False
    metadata: str = ""
    reply_to: dict[str, object] = {}


class _Edit(msgspec.Struct):
    mid: Id
    text: str = ""


class _Delivery(msgspec.Struct):
    mids: list[Id] = []


class _Event(msgspec.Struct):
    """https://developers.facebook.com/docs/messenger-platform/reference/webhook-events."""

    sender: _Thing = msgspec.field(default_factory=_Thing)
    recipient: _Thing = msgspec.field(default_factory=_Thing)
    timestamp: int = 0
    message: _Message | None = None
    message_edit: _Edit | None = None
    delivery: _Delivery | None = None


class _Entry(msgspec.Struct):
    id: str
    time: int = 0
    changes: list[_Change] = []
    messaging: list[_Event] = []


class _Told(msgspec.Struct):
    object: str
    entry: list[_Entry]


def receive(settings: Settings, request: WebhookRequest) -> Received:
    """Raises `NotTaken`."""
    try:
        page = read_page(settings)
    except Refused as refusal:
        raise NotTaken(Refusal.UNPROVEN, str(refusal)) from refusal
    if request.method == "GET":
        return _verify(page, request)
    given = request.headers.get("x-hub-signature-256", "")
    if not given.startswith("sha256=") or not is_signed(given[7:], secret=page.app_secret, said=request.body):
        raise NotTaken(Refusal.UNPROVEN)
    try:
        told = msgspec.json.decode(storable_json(request.body)[0], type=_Told)
        own = [entry for entry in told.entry if entry.id == _own_id(page, told.object)]
        if told.entry and not own:  # of an app with several pages, one request may tell of them all
            raise NotTaken(Refusal.STRANGE, "It is of another page or account.")
        items = [item for entry in own for item in _items(page, told.object == "instagram", entry)]
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotTaken(Refusal.MALFORMED, "It is no event of a page.") from error
    raws = {raw.delivery_id: raw for raw in map(raw_of, items)}
    return Received(tuple(raws.values()))


def _verify(page: Page, request: WebhookRequest) -> Received:
    """Meta makes sure once that the address is ours."""
    asked = dict(request.query)
    challenge = asked.get("hub.challenge", "")
    if asked.get("hub.mode") != "subscribe" or not is_same(asked.get("hub.verify_token", ""), page.verify_token):
        raise NotTaken(Refusal.UNPROVEN)
    if not _CHALLENGE.fullmatch(challenge):
        raise NotTaken(Refusal.MALFORMED, "It asks for something to be repeated that is no number.")
    return Received(reply=WebhookReply(body=challenge.encode()))


def _own_id(page: Page, kind: str) -> str:
    return {"page": page.page_id, "instagram": page.instagram_id}.get(kind) or "none"


def _items(page: Page, on_instagram: bool, entry: _Entry) -> Iterator[Item]:
    for change in entry.changes:
        if change.field == "feed" and not on_instagram:
            said = _of_feed(page, msgspec.json.decode(change.value, type=_Value), entry)
        elif change.field in {"comments", "live_comments"} and on_instagram:
            said = _of_instagram(page, msgspec.json.decode(change.value, type=_Value), entry)
        else:
            continue
        if said is not None:
            yield said
    where = Where.INSTAGRAM_MESSAGE if on_instagram else Where.MESSAGE
    for event in entry.messaging:
        if (item := _of_messaging(page, where, event)) is not None:
            yield item


def _of_feed(page: Page, value: _Value, entry: _Entry) -> Said | None:
    """Comments and visitors' posts; not our own posts, likes and shares."""
    by = value.from_ or _Person()
    is_comment = value.item == "comment" and bool(value.comment_id)
    if not is_comment and (value.item not in _POSTS or not value.post_id or by.id == page.page_id):
        return None
    if value.verb in {"hide", "unhide"} and not value.message:
        return None  # without the words it would be an edit that took them away
    answers = value.parent_id if is_comment and value.parent_id != value.post_id else ""
    where, given = (Where.COMMENT, value.comment_id) if is_comment else (Where.POST, value.post_id)
    return Said(
        where=where,
        id=given,
        at=_moment(value.created_time or entry.time),
        by=by.id,
        name=by.name,
        text="" if value.verb == "remove" else value.message,
        answers=answers,
        top=answers or given if is_comment else "",
        post=value.post_id,
        files=[("photo", value.photo)] if value.photo else [],
        ours=by.id in page.own_ids,
        gone=value.verb == "remove",
        hidden=value.verb == "hide",
        edited=_moment(entry.time) if value.verb == "edited" else None,
    )


def _of_instagram(page: Page, value: _Value, entry: _Entry) -> Said | None:
    """Instagram tells of comments that are new, with the time of the notice alone; ads' may come twice."""
    by = value.from_ or _Person()
    if not value.id:
        return None
    return Said(
        where=Where.INSTAGRAM_COMMENT,
        id=value.id,
        at=_moment(entry.time),
        by=by.id,
        handle=by.username,
        text=value.text,
        answers=value.parent_id,
        top=value.parent_id or value.id,
        post=value.media.id if value.media else "",
        ours=by.id in page.own_ids,
    )


def _of_messaging(page: Page, where: Where, event: _Event) -> Item | None:
    at = _moment(event.timestamp)
    if event.delivery is not None:
        return Arrived(where, event.delivery.mids, at) if event.delivery.mids else None
    if event.message_edit is not None:
        edit = event.message_edit
        return Said(where, edit.mid, at, by=event.sender.id, text=edit.text, edited=at)
    message = event.message
    if message is None:
        return None
    ours = message.is_echo or event.sender.id in page.own_ids
    answered = message.reply_to.get("mid")
    return Said(
        where=where,
        id=message.mid,
        at=at,
        by=event.sender.id,
        to=event.recipient.id if ours else "",
        text="" if message.is_deleted else message.text,
        answers=answered if isinstance(answered, str) else "",
        files=[(each.type, each.payload.url) for each in message.attachments if each.payload and each.payload.url],
        ours=ours,
        gone=message.is_deleted,
        key=message.metadata if ours else "",
    )


def _moment(told: int) -> datetime:
    """Seconds or milliseconds since 1970: Meta uses both."""
    try:
        return datetime.fromtimestamp(told / 1000 if told > 10**11 else told, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotTaken(Refusal.MALFORMED, "It has a time that no calendar has.") from error
