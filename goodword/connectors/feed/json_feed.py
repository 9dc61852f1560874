"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from html import escape

import msgspec

from goodword.connectors.contract import MAX_LANGUAGE
from goodword.connectors.feed.entries import MOST_FILES, Entry, Feed, File, NotAFeed, Person
from goodword.connectors.feed.values import absolute, as_html, made_up_id, moment
from goodword.connectors.storable import storable_json


class _Author(msgspec.Struct):
    name: str = ""
    url: str = ""


class _Attachment(msgspec.Struct):
    url: str
    mime_type: str = ""
    title: str = ""


class _Item(msgspec.Struct):
    id: str | int | float = ""  # a string, but numbers are met
    url: str = ""
    external_url: str = ""
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: list[_Author] = []
    author: _Author | None = None  # of version 1.0
    language: str = ""
    attachments: list[_Attachment] = []


class _Hub(msgspec.Struct):
    type: str
    url: str


class _Document(msgspec.Struct):
    version: str
    title: str = ""
    feed_url: str = ""
    next_url: str = ""
    language: str = ""
    authors: list[_Author] = []
    author: _Author | None = None
    hubs: list[_Hub] = []
    items: list[msgspec.Raw] = []


def read(content: bytes, address: str) -> Feed:
    """Raises `NotAFeed`. An item that can't be read is left out; the others are heard."""
    body, _repaired = storable_json(content)
    try:
        document = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=_Document)
        items = [item for each in document.items if (item := _item(each)) is not None]
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotAFeed(f"This is no feed: {error}.") from error
    if "jsonfeed.org/version/" not in document.version:
        raise NotAFeed("This is JSON, but no JSON Feed. The connector “Address with JSON or CSV” may read it.")
    return Feed(
        title=document.title[:200],
        format="JSON Feed",
        entries=[entry for item in items if (entry := _entry(item, document, address))],
        next_page=absolute(document.next_url, address) if document.next_url else "",
        hub=next((absolute(hub.url, address) for hub in document.hubs if hub.type.lower() == "websub"), ""),
        topic=absolute(document.feed_url, address) or address,
    )


def _item(given: msgspec.Raw) -> _Item | None:
    try:
        return msgspec.json.decode(given, type=_Item)
    except msgspec.ValidationError:
        return None


def _entry(item: _Item, document: _Document, address: str) -> Entry | None:
    link = absolute(item.url or item.external_url, address) if item.url or item.external_url else ""
    content, title = _content(item), item.title or ""
    if not (content or title):
        return None
    author = next(
        iter([*item.authors, *filter(None, [item.author]), *document.authors, *filter(None, [document.author])]), None
    )
    lang = item.language or document.language
    return Entry(
        id=str(item.id) or link or made_up_id(title, content),
        title=title,
        content=content,
        link=link,
        author=Person(author.name, author.url) if author else Person(),
        published=moment(item.date_published or item.date_modified or ""),
        lang=lang if len(lang) <= MAX_LANGUAGE else "",
        files=[
            File(where, each.mime_type, each.title)
            for each in item.attachments
            if (where := absolute(each.url, address))
        ][:MOST_FILES],
    )


def _content(item: _Item) -> str:
    if item.content_text:
        return escape(item.content_text, quote=False).replace("\n", "<br>")
    return item.content_html or as_html(item.summary or "")
