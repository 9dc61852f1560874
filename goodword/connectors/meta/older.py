"""What a list of the Graph API holds beyond its first page: which page comes next, and how to read it.

Lists are newest first, with a cursor for what is older (https://developers.facebook.com/docs/graph-api/results). What
is still to be read is data, so that it survives a restart, and a limit that is met half-way costs no page twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

import msgspec

from goodword.connectors.meta.graph import (
    COMMENT,
    CONVERSATIONS,
    FEED,
    MEDIA,
    MESSAGE,
    REPLY,
    Comments,
    Conversations,
    Feed,
    Messages,
    Paging,
    Pictures,
    Replies,
    moment,
    of_comments,
    of_feed,
    of_media,
    of_messages,
    of_replies,
)
from goodword.connectors.meta.items import Said, Where
from goodword.connectors.meta.page import Page
from goodword.connectors.over_http.calls import Answer

NEWEST = 25  # posts whose comments are looked at, and conversations, of one page
_BELOW = 50  # comments or messages


class Listed(StrEnum):
    """A list: of the Page's, of its Instagram account's, or below one thing."""

    POSTS = "posts"
    PICTURES = "pictures"
    CONVERSATIONS = "conversations"
    INSTAGRAM_CONVERSATIONS = "instagram-conversations"
    COMMENTS = "comments"  # below a post
    INSTAGRAM_COMMENTS = "instagram-comments"  # below a picture
    REPLIES = "replies"  # below a comment on Instagram
    MESSAGES = "messages"  # of a conversation
    INSTAGRAM_MESSAGES = "instagram-messages"


class Older(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page to be read; as far as it reaches back to `begin`, the pages after it as well."""

    what: Listed
    node: str
    begin: datetime
    after: str = ""  # the cursor; empty for the newest page
    post: str = ""  # on which it stands


def newest(page: Page, begin: datetime) -> Iterator[Older]:
    """The first page of each list."""
    yield Older(Listed.POSTS, page.page_id, begin)
    yield Older(Listed.CONVERSATIONS, page.page_id, begin)
    if page.instagram_id:
        yield Older(Listed.PICTURES, page.instagram_id, begin)
        yield Older(Listed.INSTAGRAM_CONVERSATIONS, page.page_id, begin)


_QUESTIONS: Mapping[Listed, tuple[str, Mapping[str, str]]] = {
    Listed.POSTS: ("feed", {"fields": FEED, "limit": str(NEWEST)}),
    Listed.PICTURES: ("media", {"fields": MEDIA, "limit": str(NEWEST)}),
    Listed.CONVERSATIONS: (
        "conversations",
        {"fields": CONVERSATIONS, "platform": "messenger", "limit": str(NEWEST)},
    ),
    Listed.INSTAGRAM_CONVERSATIONS: (
        "conversations",
        {"fields": CONVERSATIONS, "platform": "instagram", "limit": str(NEWEST)},
    ),
    Listed.COMMENTS: (
        "comments",
        {"fields": COMMENT, "filter": "stream", "order": "reverse_chronological", "limit": str(_BELOW)},
    ),
    Listed.INSTAGRAM_COMMENTS: ("comments", {"fields": f"{REPLY},replies.limit(50){{{REPLY}}}", "limit": str(_BELOW)}),
    Listed.REPLIES: ("replies", {"fields": REPLY, "limit": str(_BELOW)}),
    Listed.MESSAGES: ("messages", {"fields": MESSAGE, "limit": str(_BELOW)}),
    Listed.INSTAGRAM_MESSAGES: ("messages", {"fields": MESSAGE, "limit": str(_BELOW)}),
}


def question(asked: Older) -> tuple[str, dict[str, str]]:
    """The edge of its node, and the query."""
    edge, query = _QUESTIONS[asked.what]
    return edge, {**query, **({"after": asked.after} if asked.after else {})}


def read(page: Page, asked: Older, answer: Answer) -> tuple[list[Said], list[Older]]:
    """What was said on this page, newest first, and what is to be read beyond it. Raises `Retry`."""
    match asked.what:
        case Listed.POSTS:
            return _posts(page, asked, answer.read(Feed))
        case Listed.PICTURES:
            return _pictures(page, asked, answer.read(Pictures))
        case Listed.CONVERSATIONS | Listed.INSTAGRAM_CONVERSATIONS:
            return _conversations(page, asked, answer.read(Conversations))
        case Listed.COMMENTS:
            comments = answer.read(Comments)
            times = [each.created_time for each in comments.data]
            return list(of_comments(page, comments, asked.post)), _next(asked, comments.paging, times)
        case Listed.INSTAGRAM_COMMENTS:
            found = answer.read(Replies)
            more = _next(asked, found.paging, [each.timestamp for each in found.data])
            return list(of_replies(page, found, asked.post)), [*more, *_below(asked, found, asked.post)]
        case Listed.REPLIES:
            found = answer.read(Replies)
            more = _next(asked, found.paging, [each.timestamp for each in found.data])
            return list(of_replies(page, found, asked.post, top=asked.node)), more
        case Listed.MESSAGES | Listed.INSTAGRAM_MESSAGES:
            messages = answer.read(Messages)
            times = [each.created_time for each in messages.data]
            return list(of_messages(page, _where(asked), messages)), _next(asked, messages.paging, times)


def _posts(page: Page, asked: Older, feed: Feed) -> tuple[list[Said], list[Older]]:
    more = _next(asked, feed.paging, [post.created_time for post in feed.data])
    for post in feed.data:
        below = Older(Listed.COMMENTS, post.id, asked.begin, post=post.id)
        more += _next(below, post.comments.paging, [each.created_time for each in post.comments.data])
    return list(of_feed(page, feed)), more


def _pictures(page: Page, asked: Older, pictures: Pictures) -> tuple[list[Said], list[Older]]:
    more = _next(asked, pictures.paging, [picture.timestamp for picture in pictures.data if picture.timestamp])
    for picture in pictures.data:
        below = Older(Listed.INSTAGRAM_COMMENTS, picture.id, asked.begin, post=picture.id)
        more += _next(below, picture.comments.paging, [each.timestamp for each in picture.comments.data])
        more += _below(asked, picture.comments, picture.id)
    return list(of_media(page, pictures)), more


def _below(asked: Older, comments: Replies, post: str) -> Iterator[Older]:
    for comment in comments.data:
        if comment.replies is not None:
            below = Older(Listed.REPLIES, comment.id, asked.begin, post=post)
            yield from _next(below, comment.replies.paging, [each.timestamp for each in comment.replies.data])


def _conversations(page: Page, asked: Older, found: Conversations) -> tuple[list[Said], list[Older]]:
    said: list[Said] = []
    more = _next(asked, found.paging, [each.updated_time for each in found.data if each.updated_time])
    what = Listed.MESSAGES if asked.what is Listed.CONVERSATIONS else Listed.INSTAGRAM_MESSAGES
    for conversation in found.data:
        said += of_messages(page, _where(asked), conversation.messages)
        below = Older(what, conversation.id, asked.begin)
        times = [each.created_time for each in conversation.messages.data]
        more += _next(below, conversation.messages.paging, times)
    return said, more


def _where(asked: Older) -> Where:
    on_instagram = asked.what in {Listed.INSTAGRAM_CONVERSATIONS, Listed.INSTAGRAM_MESSAGES}
    return Where.INSTAGRAM_MESSAGE if on_instagram else Where.MESSAGE


def _next(asked: Older, paging: Paging, times: Iterable[str]) -> list[Older]:
    """The page after the one with these times: nothing, where that is the last or reaches back far enough."""
    oldest = min(map(moment, times), default=None)
    if not paging.next or oldest is None or oldest < asked.begin:
        return []
    after = parse_qs(urlsplit(paging.next).query).get("after", [""])[0]  # the rest of the address holds our token
    return [msgspec.structs.replace(asked, after=after)] if after else []
