"""A raw item of Telegram to what was said. Pure."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from goodword.connectors.contract import MAX_ADDRESS, Author, Heard, Kind, Malformed, Media, Raw
from goodword.connectors.storable import storable_json
from goodword.connectors.telegram.updates import File, Message, Update

FILE = "telegram-file:"  # before the id of a file: only the bot can fetch it


def parse(raw: Raw) -> Sequence[Heard]:
    """One message, or nothing where the update says nothing (somebody joined, something was pinned)."""
    body, repaired = storable_json(raw.body)
    try:
        update = msgspec.json.decode(body, type=Update)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not an update of Telegram: {error}.") from error
    message = update.what
    if message is None:
        return ()
    media = tuple(_media(message))
    if not (message.said or media or message.location):
        return ()
    return (_heard(message, media, repaired),)


def native_id(chat_id: int, message_id: int) -> str:
    """Messages are counted in each chat anew."""
    return f"{chat_id}/{message_id}"


def _heard(message: Message, media: tuple[Media, ...], repaired: list[str]) -> Heard:
    chat, answered = message.chat, message.reply_to_message
    extra: dict[str, object] = {}
    if message.edit_date is not None:
        extra["changed_at"] = _moment(message.edit_date).isoformat()
    if message.forward_origin is not None:
        extra["forwarded"] = True
    if message.location:
        extra["location"] = [message.location.latitude, message.location.longitude]
    if not chat.is_private and chat.title:
        extra["group"] = chat.title[:200]
    if repaired:
        extra["repaired"] = repaired
    if answered and answered.message_id == message.message_thread_id:
        answered = None  # in a forum, everything that is no answer "answers" the beginning of its topic
    return Heard(
        native_id=native_id(chat.id, message.message_id),
        author=_author(message),
        at=_moment(message.date),
        text=message.said,
        kind=Kind.CHAT if chat.is_private else Kind.REPLY if answered else Kind.POST,
        private=chat.is_private,
        parent=native_id(answered.chat.id, answered.message_id) if answered else None,
        thread=str(chat.id) if chat.is_private else None,
        addressed=tuple(name[:MAX_ADDRESS] for name in message.names() if name),
        url=f"https://t.me/{chat.username}/{message.message_id}" if chat.username and not chat.is_private else None,
        media=media,
        automatic=bool(message.from_user and message.from_user.is_bot),
        extra=extra,
    )


def _author(message: Message) -> Author:
    """A person; or the chat in whose name somebody writes (an anonymous admin, a channel)."""
    if message.sender_chat is not None:
        chat = message.sender_chat
        return Author(native_id=str(chat.id), handle=chat.username, name=chat.title)
    user = message.from_user
    if user is None:
        raise Malformed("A message needs somebody who wrote it.")
    return Author(native_id=str(user.id), handle=user.username, name=f"{user.first_name} {user.last_name}".strip())


def _media(message: Message) -> Iterator[Media]:
    if message.photo:
        yield _file(message.photo[-1], "photo", "image/jpeg")  # the same picture in several sizes, the largest last
    if message.animation is not None:  # then `document` is the same file
        yield _file(message.animation, "animation", "video/mp4")
    elif message.document is not None:
        yield _file(message.document, "document", "application/octet-stream")
    for file, name, kind in (
        (message.video, "video", "video/mp4"),
        (message.video_note, "video", "video/mp4"),
        (message.audio, "audio", "audio/mpeg"),
        (message.voice, "voice", "audio/ogg"),
        (message.sticker, "sticker", "image/webp"),
    ):
        if file is not None:
            yield _file(file, name, kind)


def _file(file: File, name: str, kind: str) -> Media:
    kind = file.mime_type or kind
    return Media(
        filename=(file.file_name or name + (mimetypes.guess_extension(kind) or ""))[:255],
        declared_type=kind[:100],
        url=FILE + file.file_id,
        alt=file.emoji,
    )


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed("A message needs a time.") from error
