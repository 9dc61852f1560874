"""What the Graph API lists: comments, visitors' posts, conversations; read into the same items as webhooks are.

https://developers.facebook.com/docs/graph-api/reference/page/feed, …/comment, …/page/conversations,
https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/comment-moderation
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from goodword.connectors.contract import Retry
from goodword.connectors.meta.items import Id, Said, Where
from goodword.connectors.meta.page import NETWORK, Page

COMMENT = "id,message,created_time,from,parent{id},is_hidden,permalink_url,attachment{type,media}"
COMMENTS = f"comments.filter(stream).order(reverse_chronological).limit(50){{{COMMENT}}}"
FEED = f"id,message,created_time,from,permalink_url,{COMMENTS}"
REPLY = "id,text,timestamp,username,from,parent_id,hidden"
MEDIA = f"id,timestamp,comments.limit(50){{{REPLY},replies.limit(50){{{REPLY}}}}}"
MESSAGE = "id,created_time,from,to,message,attachments{mime_type,image_data,video_data,file_url}"
CONVERSATIONS = f"updated_time,messages.limit(25){{{MESSAGE}}}"


class Person(msgspec.Struct):
    """Somebody, as far as Meta says who."""

    id: str = ""
    name: str = ""
    username: str = ""


class _Node(msgspec.Struct):
    id: str


class Paging(msgspec.Struct):
    """Whether a list goes on."""

    next: str | None = None


class Comment(msgspec.Struct):
    """On Facebook."""

    id: Id
    created_time: str
    message: str = ""
    from_: Person | None = msgspec.field(default=None, name="from")
    parent: _Node | None = None
    is_hidden: bool = False
    permalink_url: str = ""
    attachment: dict[str, Any] = {}


class Comments(msgspec.Struct):
    """A page of them."""

    data: list[Comment] = []
    paging: Paging = msgspec.field(default_factory=Paging)


class Post(Comment):
    """On the Page, by the brand or by a visitor."""

    comments: Comments = msgspec.field(default_factory=Comments)


class Feed(msgspec.Struct):
    """Newest first."""

    data: list[Post] = []
    paging: Paging = msgspec.field(default_factory=Paging)


class Reply(msgspec.Struct):
    """A comment on Instagram."""

    id: Id
    timestamp: str
    text: str = ""
    username: str = ""
    from_: Person | None = msgspec.field(default=None, name="from")
    parent_id: str = ""
    hidden: bool = False
    replies: Replies | None = None


class Replies(msgspec.Struct):
    """A page of them."""

    data: list[Reply] = []
    paging: Paging = msgspec.field(default_factory=Paging)


class Picture(msgspec.Struct):
    """A post of the brand's on Instagram."""

    id: str
    timestamp: str = ""
    comments: Replies = msgspec.field(default_factory=Replies)


class Pictures(msgspec.Struct):
    """Newest first."""

    data: list[Picture] = []
    paging: Paging = msgspec.field(default_factory=Paging)


class _To(msgspec.Struct):
    data: list[Person] = []


class _Files(msgspec.Struct):
    data: list[dict[str, Any]] = []


class Message(msgspec.Struct):
    """In a conversation."""

    id: Id
    created_time: str
    from_: Person = msgspec.field(name="from")
    message: str = ""
    to: _To = msgspec.field(default_factory=_To)
    attachments: _Files = msgspec.field(default_factory=_Files)


class Messages(msgspec.Struct):
    """Newest first."""

    data: list[Message] = []
    paging: Paging = msgspec.field(default_factory=Paging)


class Conversation(msgspec.Struct):
    """With one person."""

    id: str
    updated_time: str = ""
    messages: Messages = msgspec.field(default_factory=Messages)


class Conversations(msgspec.Struct):
    """What changed last comes first."""

    data: list[Conversation] = []
    paging: Paging = msgspec.field(default_factory=Paging)


def of_feed(page: Page, feed: Feed) -> Iterator[Said]:
    """Comments on all posts, and what visitors posted."""
    for post in feed.data:
        by = post.from_ or Person()
        if by.id and by.id != page.page_id:
            yield _comment(page, Where.POST, post, post.id)
        yield from of_comments(page, post.comments, post.id)


def of_comments(page: Page, comments: Comments, post: str) -> Iterator[Said]:
    """Of one post."""
    for comment in comments.data:
        yield _comment(page, Where.COMMENT, comment, post)


def of_media(page: Page, pictures: Pictures) -> Iterator[Said]:
    """Comments and the answers below them."""
    for picture in pictures.data:
        yield from of_replies(page, picture.comments, picture.id)


def of_replies(page: Page, found: Replies, post: str, *, top: str = "") -> Iterator[Said]:
    """Of one picture, with those below each; or those below `top`."""
    for reply in found.data:
        yield _reply(page, reply, top or reply.id, post)
        for below in reply.replies.data if reply.replies else ():
            yield _reply(page, below, reply.id, post)


def of_messages(page: Page, where: Where, messages: Messages) -> Iterator[Said]:
    """In both directions, of one conversation."""
    for message in messages.data:
        ours = message.from_.id in page.own_ids
        yield Said(
            where=where,
            id=message.id,
            at=moment(message.created_time),
            by=message.from_.id,
            name=message.from_.name,
            handle=message.from_.username[:300],
            to=next((each.id for each in message.to.data), "") if ours else "",
            text=message.message,
            files=[file for each in message.attachments.data if (file := _file(each))],
            ours=ours,
        )


def moment(told: str) -> datetime:
    """As 2026-03-02T10:40:00+0000. Raises `Retry`."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError as error:
        raise Retry(f"{NETWORK} answered with something that has no time.") from error
    if at.tzinfo is None:
        raise Retry(f"{NETWORK} answered with a time without its zone.")
    return at


def _comment(page: Page, where: Where, comment: Comment, post: str) -> Said:
    by = comment.from_ or Person()  # Meta keeps the name of whoever the app may not know to itself
    answers = comment.parent.id if comment.parent else ""
    image = (comment.attachment.get("media") or {}).get("image") or {}
    return Said(
        where=where,
        id=comment.id,
        at=moment(comment.created_time),
        by=by.id or f"unknown-{comment.id}",
        name=by.name,
        text=comment.message,
        answers=answers,
        top=(answers or comment.id) if where is Where.COMMENT else "",
        post=post,
        files=[("photo", str(image["src"]))] if image.get("src") else [],
        ours=by.id in page.own_ids,
        hidden=comment.is_hidden,
        link=comment.permalink_url[:2000],
    )


def _reply(page: Page, reply: Reply, top: str, post: str) -> Said:
    by = reply.from_ or Person(username=reply.username)
    return Said(
        where=Where.INSTAGRAM_COMMENT,
        id=reply.id,
        at=moment(reply.timestamp),
        by=by.id or f"@{reply.username}",
        handle=(by.username or reply.username)[:300],
        text=reply.text,
        answers=top if top != reply.id else "",
        top=top,
        post=post,
        ours=by.id in page.own_ids,
        hidden=reply.hidden,
    )


def _file(given: dict[str, Any]) -> tuple[str, str] | None:
    for name, kind in (("image_data", "image"), ("video_data", "video")):
        data = given.get(name)
        if isinstance(data, dict) and isinstance(data.get("url"), str):
            return kind, data["url"]
    address = given.get("file_url")
    return ("file", address) if isinstance(address, str) else None
