"""HTML mail as plain text: what a reader would see, one paragraph a line, quotations marked with `>`.

Reads tags with a tokeniser of its own, whose time grows with the length of the text whatever the text is: Python's
`html.parser` takes minutes for some mails of 300 KB that are written to that end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_HIDDEN = {"head", "template", "noscript", "object", "svg"}
_RAW = {name: re.compile(f"</{name}", re.I) for name in ("script", "style", "title", "textarea", "xmp")}
_BLOCKS = {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source", "embed"}
_MAX_QUOTE_DEPTH = 20
_MAX_TAG = 16_384  # characters; a longer one is shown as the text that it probably is

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?>"[^"]*"|'[^']*'|[^"'>])*+)>""")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """The text of a page, and how deeply its elements are nested."""

    text: str
    depth: int


class _Tag(NamedTuple):
    name: str
    is_end: bool
    attributes: str


def read_html(page: str) -> Seen:
    """What a reader of this HTML sees."""
    reader = _Reader()
    for token in _tokens(page):
        if isinstance(token, str):
            reader.text(token)
        elif token.is_end:
            reader.end(token.name)
        else:
            reader.start(token)
    reader.end_line()
    return Seen("\n".join(reader.lines).strip(), reader.deepest)


def _tokens(page: str) -> Iterator[str | _Tag]:
    position = 0
    while (start := page.find("<", position)) >= 0:
        if start > position:
            yield html.unescape(page[position:start])
        tag = _TAG.match(page, start, start + _MAX_TAG)
        if tag is None:
            position = _after_no_tag(page, start)
            if page[start + 1 : start + 2] not in {"!", "?"}:
                yield page[start:position]
            continue
        name = tag[2].lower()
        position = tag.end()
        if name not in _RAW:
            yield _Tag(name, bool(tag[1]), tag[3])
        elif not tag[1]:  # what is inside is no HTML and shown to nobody
            end = _RAW[name].search(page, position)
            position = end.start() if end else len(page)
    if position < len(page):
        yield html.unescape(page[position:])


def _after_no_tag(page: str, start: int) -> int:
    """Where to go on after a `<` that begins no tag: a comment, a declaration, or a sign for "less than"."""
    if page.startswith("<!--", start):
        end, width = page.find("-->", start + 4), 3
    elif page[start + 1 : start + 2] in {"!", "?"}:
        end, width = page.find(">", start), 1
    elif page[start + 1 : start + 2].isalpha() or page.startswith("</", start):
        return min(start + _MAX_TAG, len(page))
    else:
        return start + 1
    return len(page) if end < 0 else end + width


class _Reader:
    """Builds lines from tags and text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.deepest = 0
        self._line: list[str] = []
        self._hidden = 0
        self._quoted = 0
        self._preformatted = 0
        self._depth = 0
        self._href: str | None = None
        self._link_text: list[str] = []

    def text(self, text: str) -> None:
        """Text between tags."""
        if self._hidden:
            return
        if self._href:
            self._link_text.append(text)
        if not self._preformatted:
            self._line.append(_BLANKS.sub(" ", text))
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for line in others:
            self.end_line(keep_empty=True)
            self._line.append(line)

    def start(self, tag: _Tag) -> None:
        """A start tag."""
        name = tag.name
        if name not in _EMPTY and not tag.attributes.endswith("/"):
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)
            self._hidden += name in _HIDDEN
        if name in _BLOCKS or name in {"blockquote", "li", "pre"}:
            self.end_line()
        if name == "br":
            self.end_line(keep_empty=True)
        elif name == "blockquote":
            self._quoted += 1
        elif name == "pre":
            self._preformatted += 1
        elif name == "li":
            self._line.append("- ")
        elif name == "td" and self._line:
            self._line.append(" ")
        elif name == "a" and (href := _HREF.search(tag.attributes)):
            self._href, self._link_text = html.unescape(href[1] or href[2] or href[3] or ""), []

    def end(self, name: str) -> None:
        """An end tag."""
        self._depth = max(self._depth - 1, 0)
        if name in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif name == "a":
            self._end_link()
        elif name in _BLOCKS or name in {"blockquote", "li", "pre"}:
            self.end_line()
            if name == "pre":
                self._preformatted = max(self._preformatted - 1, 0)
            if name == "blockquote":
                self._quoted = max(self._quoted - 1, 0)
            if name in _PARAGRAPHS:
                self._empty_line()

    def end_line(self, *, keep_empty: bool = False) -> None:
        """Finish the line that is being built."""
        written = "".join(self._line)
        self._line = []
        line = written.rstrip() if self._preformatted else " ".join(written.split())
        if line:
            self.lines.append(self._prefix() + line)
        elif keep_empty:
            self._empty_line()

    def _empty_line(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())

    def _prefix(self) -> str:
        return "> " * min(self._quoted, _MAX_QUOTE_DEPTH)

    def _end_link(self) -> None:
        href, shown = self._href, " ".join("".join(self._link_text).split())
        self._href = None
        if href and href.startswith(("http://", "https://")) and not self._hidden and shown and shown not in href:
            self._line.append(f" ({href})")
