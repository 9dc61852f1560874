"""Answers a message: in its chat and as a reply to it, or privately to its author.

Telegram takes no key of ours, and tells a bot nothing of what it wrote. A lost answer stays uncertain: a person looks
into the chat and decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec

from goodword.connectors.contract import Count, Media, Outgoing, Receipt, Refused
from goodword.connectors.length import length
from goodword.connectors.over_http.calls import Answer, Api, Part
from goodword.connectors.telegram.account import Account, Moved, result_of
from goodword.connectors.telegram.parse import native_id

MAX_TEXT = 4096  # UTF-16 units; https://core.telegram.org/bots/api#sendmessage
MAX_CAPTION = 1024
MAX_FILES = 10
MAX_FILE_BYTES = 50_000_000
_PHOTOS = {"image/jpeg", "image/png", "image/webp"}
_MAX_PHOTO_BYTES = 10_000_000


class _Chat(msgspec.Struct):
    id: int


class _Sent(msgspec.Struct):
    message_id: int
    chat: _Chat


_Album = Annotated[list[_Sent], msgspec.Meta(min_length=1)]


def send(account: Account, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused`, `Retry` (surely not sent), `Uncertain`."""
    chat_id, message_id = _place(outgoing)
    if outgoing.media and length(outgoing.text, Count.UTF16) > MAX_CAPTION:
        raise Refused(f"With files, Telegram takes {MAX_CAPTION:,} characters: shorten it, or send the files apart.")
    with account.api() as api:
        try:
            answer = _post(api, account, outgoing, chat_id, message_id)
        except Moved as moved:
            answer = _post(api, account, outgoing, moved.chat_id, None)  # messages have other numbers there
    sent = result_of(answer, _Album)[0] if len(outgoing.media) > 1 else result_of(answer, _Sent)
    return Receipt(native_id=native_id(sent.chat.id, sent.message_id), at=now())


def _place(outgoing: Outgoing) -> tuple[int, int | None]:
    """The chat, and the message in it that is answered."""
    chat, _slash, message = (outgoing.in_reply_to or outgoing.thread or "").partition("/")
    try:
        if outgoing.private and chat != outgoing.to.native_id:  # heard in a group: to the author alone
            return int(outgoing.to.native_id), None
        return int(chat), int(message) if message else None
    except ValueError as error:
        raise Refused("A bot can't write first: the customer has to write to it.") from error


def _post(api: Api, account: Account, outgoing: Outgoing, chat_id: int, message_id: int | None) -> Answer:
    # Where the customer has taken the message back, the answer still arrives.
    answers = {"message_id": message_id, "allow_sending_without_reply": True} if message_id is not None else None
    if not outgoing.media:
        message = {"chat_id": chat_id, "text": outgoing.text, **({"reply_parameters": answers} if answers else {})}
        return api.post(account.path("sendMessage"), json=message, commits=True)
    form = {"chat_id": str(chat_id)}
    if answers:
        form["reply_parameters"] = msgspec.json.encode(answers).decode()
    are_photos = all(_is_photo(each) for each in outgoing.media)
    kind = "photo" if are_photos else "document"
    if len(outgoing.media) == 1:
        method = "sendPhoto" if are_photos else "sendDocument"
        files = [_part(kind, outgoing.media[0])]
        return api.post_form(account.path(method), form={**form, "caption": outgoing.text}, files=files, commits=True)
    album = [{"type": kind, "media": f"attach://file{number}"} for number in range(len(outgoing.media))]
    album[0]["caption"] = outgoing.text
    form["media"] = msgspec.json.encode(album).decode()
    files = [_part(f"file{number}", media) for number, media in enumerate(outgoing.media)]
    return api.post_form(account.path("sendMediaGroup"), form=form, files=files, commits=True)


def _part(field: str, media: Media) -> Part:
    return Part(field, media.filename, media.declared_type, media.content or b"")


def _is_photo(media: Media) -> bool:
    return media.declared_type in _PHOTOS and len(media.content or b"") <= _MAX_PHOTO_BYTES
