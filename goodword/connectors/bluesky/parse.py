"""From a change of a post to what was said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from goodword.connectors.bluesky.account import image_address
from goodword.connectors.bluesky.events import Event, Image, Operation, Post
from goodword.connectors.bluesky.identifiers import RecordAddress, is_did
from goodword.connectors.contract import (
    MAX_ADDRESS,
    MAX_LANGUAGE,
    Author,
    Direction,
    Heard,
    Kind,
    Malformed,
    Media,
    Raw,
    Settings,
)
from goodword.connectors.storable import bounded, storable_json

_EARLIEST = datetime(2022, 11, 1, tzinfo=UTC)  # the network is no older
_OPERATIONS = {operation.value for operation in Operation}
_LATEST_TIME = 4_102_444_800_000_000  # microseconds: the year 2100
_MOST_IMAGES = 4

_event = msgspec.json.Decoder(Event)
_post = msgspec.json.Decoder(Post)


def parse(raw: Raw, settings: Settings) -> Sequence[Heard]:
    """One post, edited or new, or that it is gone. Raises `Malformed`."""
    body, repaired = storable_json(raw.body)
    try:
        event = _event.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"This is no event of the network: {error}") from error
    address = _address(event)
    assert event.commit is not None
    if event.commit.operation == Operation.DELETE:
        return (_gone(event, address),)
    try:
        post = _post.decode(event.commit.record)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"This is no post: {error}") from error
    return (_said(event, address, post, settings, repaired),)


def _address(event: Event) -> RecordAddress:
    address = event.address
    if address is None or event.commit is None or event.commit.operation not in _OPERATIONS:
        raise Malformed("This event is not about a post.")
    if not 0 < event.time_us < _LATEST_TIME:
        raise Malformed("The time of this event is none.")
    if not is_did(address.did) or RecordAddress.read(str(address)) is None:
        raise Malformed("The post has no proper address.")
    return address


def _gone(event: Event, address: RecordAddress) -> Heard:
    is_ours = event.did == event.heard_by
    return Heard(
        native_id=str(address),
        author=_author(event),
        at=event.at,
        text="",
        direction=Direction.OUT if is_ours else Direction.IN,
        deleted=True,
    )


def _said(event: Event, address: RecordAddress, post: Post, settings: Settings, repaired: list[str]) -> Heard:
    parent, root = (post.reply.parent.uri, post.reply.root.uri) if post.reply else ("", "")
    is_ours = event.did == event.heard_by
    languages = [lang for lang in post.langs if 0 < len(lang) <= MAX_LANGUAGE]
    extra: dict[str, object] = {"cid": event.commit.cid} if event.commit else {}
    if post.quotes:
        extra["quotes"] = bounded(post.quotes)
    if len(languages) > 1:
        extra["languages"] = languages[:10]
    if repaired:
        extra["repaired"] = repaired
    return Heard(
        native_id=str(address),
        author=_author(event),
        at=_when(event, post),
        text=post.text,
        direction=Direction.OUT if is_ours else Direction.IN,
        kind=Kind.REPLY if post.reply else Kind.POST,
        parent=bounded(parent) if parent else None,
        references=tuple(bounded(each) for each in dict.fromkeys((root, parent)) if each),
        addressed=tuple(sorted(_addressed(post))),
        lang=languages[0] if languages else None,
        url=f"https://bsky.app/profile/{address.did}/post/{address.rkey}",
        media=tuple(_media(event.did, post.images, settings)),
        extra=extra,
    )


def _author(event: Event) -> Author:
    profile = event.author
    if profile is None:
        return Author(native_id=event.did)
    followers = profile.followers_count
    return Author(
        native_id=event.did,
        handle=profile.handle[:MAX_ADDRESS],
        name=profile.display_name[:MAX_ADDRESS],
        followers=followers if followers is not None and 0 <= followers < 1 << 62 else None,
    )


def _when(event: Event, post: Post) -> datetime:
    """What the post says, unless that is no time, or lies before the network began or after it told of the post."""
    try:
        said = datetime.fromisoformat(post.created_at)
    except ValueError:
        return event.at
    if said.tzinfo is None or said.utcoffset() is None or not _EARLIEST <= said <= event.at:
        return event.at
    return said.astimezone(UTC)


def _addressed(post: Post) -> set[str]:
    return {
        feature.did
        for facet in post.facets
        for feature in facet.features
        if feature.did and len(feature.did) <= MAX_ADDRESS
    }


def _media(did: str, images: Sequence[Image], settings: Settings) -> list[Media]:
    media = []
    for number, image in enumerate(images[:_MOST_IMAGES], start=1):
        if image.image and image.image.ref and image.image.ref.cid.isalnum():
            kind = image.image.mime_type[:100] or "application/octet-stream"
            url = image_address(settings).replace("{did}", did).replace("{cid}", image.image.ref.cid)
            media.append(Media(f"image-{number}", kind, url=url, alt=image.alt))
    return media
