"""A document to a feed, by what it is."""

from __future__ import annotations

import re

from goodword.connectors.feed import json_feed, xml_feed
from goodword.connectors.feed.entries import Feed, NotAFeed
from goodword.connectors.feed.values import absolute

_LINK = re.compile(r"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_FEED_KIND = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_SEARCHED = 200_000  # bytes of a page in which it may name its feed


def read_feed(content: bytes, *, kind: str, address: str) -> Feed:
    """`kind` is its content type, `address` where it was found. Raises `NotAFeed`."""
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise NotAFeed(_words_for_page(content, address))
    if start.startswith(b"{") or kind.endswith("json"):
        return json_feed.read(content, address)
    if not start.startswith(b"<"):
        raise NotAFeed(f"This is no feed, but {kind or 'something without a type'}.")
    return xml_feed.read(content, address)


def feeds_named_by(page: bytes, address: str) -> list[str]:
    """The feeds that a web page says it has (https://html.spec.whatwg.org/multipage/links.html#rel-alternate)."""
    links = _LINK.findall(page[:_SEARCHED].decode("utf-8", "replace"))
    found = (_HREF.search(link) for link in links if _FEED_KIND.search(link))
    return list(dict.fromkeys(absolute(each[1], address) for each in found if each))[:5]


def _words_for_page(page: bytes, address: str) -> str:
    named = [each for each in feeds_named_by(page, address) if each]
    return (
        f"This is a web page. Its feed is at: {' , '.join(named)}"
        if named
        else "This is a web page that names no feed."
    )
