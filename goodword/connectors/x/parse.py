"""A raw item of X to what was said. Pure."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime

import msgspec

from goodword.connectors.contract import MAX_LANGUAGE, Author, Direction, Heard, Kind, Malformed, Raw
from goodword.connectors.storable import storable_json
from goodword.connectors.x.posts import Envelope, Link, Post, User

_NO_LANGUAGE = {"und", "zxx", "qam", "qct", "qht", "qme", "qst", "art"}  # "undetermined", only names, only links …


def parse(raw: Raw) -> Heard:
    """Raises `Malformed`."""
    body, repaired = storable_json(raw.body)
    try:
        envelope = msgspec.json.decode(body, type=Envelope)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"Not a post of X: {error}.") from error
    if envelope.gone is not None:
        return Heard(envelope.gone.id, Author(native_id=""), _aware(envelope.gone.at), text="", deleted=True)
    if envelope.post is None:
        raise Malformed("A raw item of X is a post, or the word that one is gone.")
    return _heard(envelope.post, envelope.author, ours=envelope.ours, repaired=repaired)


def original_id(post_id: str, edit_history: Sequence[str]) -> str:
    """An edited post has a new id, and stays the same post to us."""
    return edit_history[0] if edit_history else post_id


def known_as(raw: Raw) -> dict[str, str]:
    """Of a raw item that is a post: its id as it stands now, and the one that we know it by."""
    try:
        post = msgspec.json.decode(storable_json(raw.body)[0], type=Envelope).post
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {post.id: original_id(post.id, post.edit_history_tweet_ids)} if post else {}


def _heard(post: Post, user: User | None, *, ours: bool, repaired: list[str]) -> Heard:
    extra: dict[str, object] = {}
    if len(post.edit_history_tweet_ids) > 1:
        extra["changed_at"] = _aware(post.created_at).isoformat()
        extra["edit"] = post.id
    if quoted := post.refers("quoted"):
        extra["quotes"] = quoted
    if repaired:
        extra["repaired"] = repaired
    answered, username = post.refers("replied_to"), user.username if user else ""
    lang = post.lang if post.lang and post.lang not in _NO_LANGUAGE else None
    return Heard(
        native_id=original_id(post.id, post.edit_history_tweet_ids),
        author=Author(native_id=post.author_id, handle=username, name=user.name if user else ""),
        at=_aware(post.created_at),
        text=text_of(post),
        direction=Direction.OUT if ours else Direction.IN,
        kind=Kind.REPLY if answered else Kind.REPOST if post.refers("retweeted") else Kind.POST,
        parent=answered,
        thread=post.conversation_id,
        addressed=tuple(each.username for each in post.entities.mentions if each.username),
        lang=lang[:MAX_LANGUAGE] if lang else None,
        url=f"https://x.com/{username or 'i'}/status/{post.id}",
        extra=extra,
    )


def text_of(post: Post) -> str:
    """As it was written: X escapes three signs, and puts short addresses in the place of links."""
    told, links = (
        (post.note_tweet.text, post.note_tweet.entities.urls) if post.note_tweet else (post.text, post.entities.urls)
    )
    return html.unescape(_in_full(told, links))


def _in_full(text: str, links: Sequence[Link]) -> str:
    for link in links:
        if link.url and link.expanded_url:
            text = text.replace(link.url, link.expanded_url)
    return text


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Malformed("A post needs a time with its zone.")
    return at
