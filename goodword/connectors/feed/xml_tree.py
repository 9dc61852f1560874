"""XML as a tree, from whoever publishes it: bounded, without entities of its own, forgiving what feeds get wrong.

Read by the Expat that comes with Python. A document that declares an entity is refused at the declaration, before
anything could be expanded or fetched; nothing outside the document is ever loaded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

_MOST_ELEMENTS = 100_000
_MOST_DEPTH = 100
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")

_PREFIXES: Mapping[str, str] = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/atompub/tombstones/1.0": "gone",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xhtml": "html",
    # RSS itself has none, or one of these.
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
}


class NotXml(ValueError):
    """Not a document that can be read; the message says why."""


@dataclass(slots=True)
class Element:
    """One element. Names are "prefix:local" with the prefixes above, "other:local" for namespaces not known."""

    name: str
    attributes: dict[str, str]
    content: list[str | Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(":")[2]

    @property
    def elements(self) -> Iterator[Element]:
        """Those directly inside."""
        return (each for each in self.content if isinstance(each, Element))

    def all(self, *names: str) -> list[Element]:
        """Those directly inside of these names, in order."""
        return [each for each in self.elements if each.name in names]

    def first(self, *names: str) -> Element | None:
        """By the first of these names that there is."""
        return next((found[0] for name in names if (found := self.all(name))), None)

    def text_of(self, *names: str) -> str:
        """The text of the first of these names that has any."""
        texts = (each.text for name in names for each in self.all(name))
        return next((text for text in texts if text), "")

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(each if isinstance(each, str) else each.text for each in self.content).strip()

    @property
    def inner_html(self) -> str:
        """What is inside, as HTML without attributes but addresses."""
        return "".join(html.escape(each) if isinstance(each, str) else each._html for each in self.content)

    @property
    def _html(self) -> str:
        kept = "".join(
            f' {name}="{html.escape(self.attributes[name])}"'
            for name in ("href", "src", "alt")
            if name in self.attributes
        )
        return f"<{self.local}{kept}>{self.inner_html}</{self.local}>"


def read_xml(content: bytes) -> Element:
    """The root. Raises `NotXml`."""
    try:
        return _Reader().read(content)
    except NotXml:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        try:
            return _Reader().read(_mended(content))
        except (expat.ExpatError, ValueError, LookupError):
            raise NotXml(f"not XML: {error}") from error


def _mended(content: bytes) -> bytes:
    """Without what feeds most often get wrong: bare ampersands, control characters, another encoding than declared."""
    declared = _ENCODING.match(content)
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    text = _DECLARATION.sub("", text.lstrip("\ufeff"))
    return _BARE_AMPERSAND.sub("&amp;", _CONTROL.sub("\ufffd", text)).encode("utf-8", "replace")


class _Reader:
    """Builds the tree of one document."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.UseForeignDTD(True)  # so that entities of HTML, which no feed declares, are told below
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = lambda *_given: 1  # the outside is empty
        parser.SkippedEntityHandler = self._named

    def read(self, content: bytes) -> Element:
        self._parser.Parse(content, True)
        if self._root is None:
            raise NotXml("there is nothing in it")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) >= _MOST_DEPTH:
            raise NotXml("it has too many elements, or too many inside each other")
        element = Element(_name(name), {_name(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].content.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].content.append(text)

    def _named(self, name: str, _is_parameter: bool) -> None:
        self._text(html.unescape(f"&{name};"))

    def _refuse(self, *_given: object) -> NoReturn:
        raise NotXml("it declares entities of its own, which no feed needs")


def _name(given: str) -> str:
    namespace, _, local = given.rpartition(" ")
    if not namespace:
        return local
    prefix = _PREFIXES.get(namespace, "other")
    return f"{prefix}:{local}" if prefix else local
