"""Answers a comment in public, a comment in private (once), or a message while its window is open.

Meta takes no key: after a lost answer the comments below, or the conversation, are looked through for the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import msgspec

from goodword.connectors.contract import Count, Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.length import length
from goodword.connectors.meta.graph import CONVERSATIONS, Comments, Conversations, Replies, moment
from goodword.connectors.meta.items import Where
from goodword.connectors.meta.page import Page, WindowClosed
from goodword.connectors.meta.parse import native_id
from goodword.connectors.over_http.calls import Absent, Answer, Api

MAX_TEXT = 2000  # of a message on Messenger; https://developers.facebook.com/docs/messenger-platform/reference/send-api
_MAX_INSTAGRAM_COMMENT = 300
_MAX_INSTAGRAM_MESSAGE = 1000  # bytes
_REPLY = "id,text,timestamp,username,from"
_COMMENT = "id,message,created_time,from"


class _Created(msgspec.Struct):
    id: str


class _Taken(msgspec.Struct):
    message_id: str


def send(page: Page, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused`, `Retry` (surely not sent), `Uncertain`."""
    where, given = place(outgoing)
    _check_length(where, outgoing)
    with page.api() as api:
        try:
            if _is_message(where) or outgoing.private:
                return _receipt(_message_at(where), _send_message(api, page, where, given, outgoing), now())
            return _receipt(where if where is not Where.POST else Where.COMMENT, _comment(api, page, outgoing), now())
        except Absent as error:
            raise Refused("What this answers is gone, or isn't shown to us any more.") from error


def find_sent(page: Page, outgoing: Outgoing) -> Receipt | None:
    """Raises `Uncertain`, `Refused`."""
    where, given = place(outgoing)
    try:
        with page.api() as api:
            if _is_message(where) or outgoing.private:
                return _find_message(api, page, where, given, outgoing)
            return _find_comment(api, page, outgoing)
    except Absent:
        return None
    except Retry as error:
        raise Uncertain(f"Meta can't be asked whether the reply arrived. {error}") from error


def place(outgoing: Outgoing) -> tuple[Where, str]:
    """What is answered. Raises `Refused`."""
    name, _colon, given = (outgoing.in_reply_to or "").partition(":")
    try:
        return Where(name), given
    except ValueError as error:
        raise Refused("A Page can't write first: the customer has to.") from error


def _is_message(where: Where) -> bool:
    return where in {Where.MESSAGE, Where.INSTAGRAM_MESSAGE}


def _message_at(where: Where) -> Where:
    return Where.INSTAGRAM_MESSAGE if where.is_instagram else Where.MESSAGE


def _check_length(where: Where, outgoing: Outgoing) -> None:
    in_private = _is_message(where) or outgoing.private
    if where.is_instagram and in_private and length(outgoing.text, Count.BYTES) > _MAX_INSTAGRAM_MESSAGE:
        raise Refused(f"A message on Instagram has at most {_MAX_INSTAGRAM_MESSAGE:,} bytes.")
    if where.is_instagram and not in_private and len(outgoing.text) > _MAX_INSTAGRAM_COMMENT:
        raise Refused(f"A comment on Instagram has at most {_MAX_INSTAGRAM_COMMENT} characters.")


def _below(outgoing: Outgoing) -> tuple[str, str]:
    """Where comments stand below. On Instagram they stand below the uppermost comment alone."""
    where, given = place(outgoing)
    if where is not Where.INSTAGRAM_COMMENT:
        return given, "comments"
    name, _colon, top = (outgoing.thread or "").partition(":")
    return top if name == where.value and top else given, "replies"


def _comment(api: Api, page: Page, outgoing: Outgoing) -> str:
    return page.tell(api, *_below(outgoing), {"message": outgoing.text}).read(_Created).id


def _send_message(api: Api, page: Page, where: Where, given: str, outgoing: Outgoing) -> str:
    message: dict[str, object] = {"text": outgoing.text}
    if not where.is_instagram:
        message["metadata"] = outgoing.idempotency_key  # comes back with its echo
    if not _is_message(where):
        return _post(api, page, {"recipient": {"comment_id": given}, "message": message})
    said = {"recipient": {"id": _person(outgoing)}, "message": message}
    try:
        return _post(api, page, {**said, "messaging_type": "RESPONSE"})
    except WindowClosed:
        if not page.is_human or outgoing.automatic:
            raise
    return _post(api, page, {**said, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"})


def _post(api: Api, page: Page, said: Mapping[str, object]) -> str:
    return page.tell(api, page.page_id, "messages", said).read(_Taken).message_id


def _person(outgoing: Outgoing) -> str:
    return outgoing.to.native_id.partition("/")[2] or outgoing.to.native_id


def _find_comment(api: Api, page: Page, outgoing: Outgoing) -> Receipt | None:
    node, edge = _below(outgoing)
    on_instagram = edge == "replies"
    query = {"fields": _REPLY} if on_instagram else {"fields": _COMMENT, "order": "reverse_chronological"}
    answer = page.ask(api, node, edge, limit="100", **query)
    for by, text, found, at in _written(answer, on_instagram=on_instagram):
        if by in page.own_ids and text == outgoing.text and outgoing.may_stand_since(moment(at)):
            return _receipt(Where.INSTAGRAM_COMMENT if on_instagram else Where.COMMENT, found, moment(at))
    return None


def _written(answer: Answer, *, on_instagram: bool) -> Iterator[tuple[str, str, str, str]]:
    """Who, what, under which id, when."""
    if on_instagram:
        for reply in answer.read(Replies).data:
            yield reply.from_.id if reply.from_ else "", reply.text, reply.id, reply.timestamp
        return
    for comment in answer.read(Comments).data:
        yield comment.from_.id if comment.from_ else "", comment.message, comment.id, comment.created_time


def _find_message(api: Api, page: Page, where: Where, given: str, outgoing: Outgoing) -> Receipt | None:
    platform = "instagram" if where.is_instagram else "messenger"
    query = {"platform": platform, "user_id": _person(outgoing), "fields": CONVERSATIONS}
    for conversation in page.ask(api, page.page_id, "conversations", **query).read(Conversations).data:
        for message in conversation.messages.data:  # newest first
            if message.id == given:
                break
            at, is_ours = moment(message.created_time), message.from_.id in page.own_ids
            if is_ours and message.message == outgoing.text and outgoing.may_stand_since(at):
                return _receipt(_message_at(where), message.id, at)
    return None


def _receipt(where: Where, given: str, at: datetime) -> Receipt:
    return Receipt(native_id=native_id(where, given), at=at)
