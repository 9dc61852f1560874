"""RSS 0.9x, 1.0 and 2.0 and Atom 1.0 (RFC 4287), with what their extensions say of comments, reviews and hubs.

https://www.rssboard.org/rss-specification, RFC 4685 (threading), RFC 5005 (paging), RFC 6721 (tombstones).
"""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

from goodword.connectors.contract import MAX_LANGUAGE
from goodword.connectors.feed.entries import MOST_FILES, Entry, Feed, File, NotAFeed, Person
from goodword.connectors.feed.stars import stars_of
from goodword.connectors.feed.values import absolute, as_html, as_line, made_up_id, moment
from goodword.connectors.feed.xml_tree import Element, NotXml, read_xml
from goodword.connectors.storable import storable_text

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}  # hours
_IN_BRACKETS = re.compile(r"^(\S+@\S+)\s+\((.+)\)$")  # "mail@example.org (A. Name)", as RSS names an author


def read(content: bytes, address: str) -> Feed:
    """Raises `NotAFeed`."""
    try:
        root = read_xml(content)
    except NotXml as error:
        raise NotAFeed(f"This is no feed: {error}.") from error
    if root.name == "atom:feed":
        return _feed(root, root.all("atom:entry", "gone:deleted-entry"), "Atom", address)
    channel = root.first("channel")
    if root.name not in {"rss", "rdf:RDF"} or channel is None:
        raise NotAFeed(f"This is XML, but no feed: it begins with <{root.local[:40]}>.")
    # In RSS 1.0 items stand beside the channel, in the others inside.
    return _feed(channel, [*channel.all("item"), *root.all("item")], "RSS", address)


def _feed(head: Element, entries: list[Element], format: str, address: str) -> Feed:
    by_default = _person(head)
    lang = _lang(head)
    links = {link.attributes.get("rel", "alternate"): link.attributes.get("href", "") for link in head.all("atom:link")}
    return Feed(
        title=as_line(head.text_of("atom:title", "title"))[:200],
        format=format,
        entries=[entry for each in entries if (entry := _entry(each, by_default, lang, address))],
        every=_every(head),
        next_page=absolute(links["next"], address) if links.get("next") else "",
        hub=absolute(links["hub"], address) if links.get("hub") else "",
        topic=absolute(links["self"], address) if links.get("self") else address,
    )


def _entry(element: Element, by_default: Person, lang: str, address: str) -> Entry | None:
    if element.name == "gone:deleted-entry":
        ref = element.attributes.get("ref", "")
        at = moment(element.attributes.get("when", ""))
        return Entry(id=storable_text(ref), gone=True, published=at) if ref else None
    title, content, link = _title(element), _content(element), _link(element, address)
    own = element.text_of("atom:id", "guid") or element.attributes.get("rdf:about", "") or link
    if not (title or content):
        return None
    answered = element.first("thr:in-reply-to")
    person = _person(element)
    return Entry(
        id=storable_text(own) or made_up_id(title, content, person.name),
        title=title,
        content=content,
        link=link,
        author=person if person.name or person.address else by_default,
        published=moment(element.text_of("atom:published", "pubDate", "dc:date", "atom:updated")),
        rating=stars_of(element),
        answers=storable_text(answered.attributes.get("ref", "")) if answered else "",
        lang=_lang(element) or lang,
        files=_files(element, address),
    )


def _title(element: Element) -> str:
    return as_line(element.text_of("atom:title", "title", "dc:title"))


def _content(element: Element) -> str:
    """HTML. App stores give the same words twice, as text and as a table around it: the text is meant."""
    atom = element.all("atom:content") or element.all("atom:summary")
    for each in sorted(atom, key=lambda each: each.attributes.get("type", "text") != "text"):
        match each.attributes.get("type", "text"):
            case "text" | "text/plain":
                found = escape(storable_text(each.text), quote=False).replace("\n", "<br>")
            case "html" | "text/html":
                found = as_html(each.text)
            case "xhtml":
                found = storable_text(each.inner_html).strip()
            case _:
                continue
        if found:
            return found
    return as_html(element.text_of("content:encoded", "description", "media:description", "dc:description"))


def _link(element: Element, address: str) -> str:
    for each in element.all("atom:link"):
        if each.attributes.get("rel", "alternate") == "alternate" and each.attributes.get("href"):
            return absolute(each.attributes["href"], address)
    guid = element.first("guid")
    is_address = guid is not None and guid.attributes.get("isPermaLink", "true") != "false" and "://" in guid.text
    given = element.text_of("link") or (guid.text if guid and is_address else "")
    return absolute(given, address) if given else ""


def _person(element: Element) -> Person:
    if (author := element.first("atom:author")) is not None:
        address = author.text_of("atom:uri") or author.text_of("atom:email")
        return Person(storable_text(author.text_of("atom:name")), storable_text(address))
    given = element.text_of("dc:creator", "author", "media:credit", "managingEditor")
    if both := _IN_BRACKETS.match(given):
        return Person(storable_text(both[2]), storable_text(both[1]))
    return Person("", storable_text(given)) if "@" in given and " " not in given else Person(storable_text(given))


def _files(element: Element, address: str) -> list[File]:
    given = [(each, each.attributes.get("url", "")) for each in element.all("enclosure", "media:content")]
    linked = [each for each in element.all("atom:link") if each.attributes.get("rel") == "enclosure"]
    given += [(each, each.attributes.get("href", "")) for each in linked]
    found = {}
    for each, place in given:
        if place and (where := absolute(place, address)):
            kind = storable_text(each.attributes.get("type", ""))
            found[where] = File(where, kind, storable_text(each.attributes.get("title", "")))
    return list(found.values())[:MOST_FILES]


def _every(head: Element) -> timedelta | None:
    minutes = head.text_of("ttl")
    if minutes.isascii() and minutes.isdigit() and len(minutes) < 6:
        return timedelta(minutes=int(minutes))
    hours = _PERIODS.get(head.text_of("sy:updatePeriod").lower())
    times = head.text_of("sy:updateFrequency") or "1"
    if hours is None or not (times.isascii() and times.isdigit() and 0 < len(times) < 5 and int(times)):
        return None
    return timedelta(hours=hours) / int(times)


def _lang(element: Element) -> str:
    given = element.attributes.get("xml:lang", "") or element.text_of("language", "dc:language")
    return storable_text(given) if 0 < len(given) <= MAX_LANGUAGE else ""
