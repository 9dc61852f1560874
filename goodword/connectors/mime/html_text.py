"""HTML mail as plain text: what a reader would see, one paragraph a line, quotations marked with `>`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = {"script", "style", "head", "title", "template", "noscript", "object", "svg"}
_BLOCKS = {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}
_MAX_QUOTE_DEPTH = 20
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_TAG = re.compile(r"<[^>]*>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._hidden = 0
        self._quoted = 0
        self._preformatted = 0
        self._href: str | None = None
        self._link_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += tag != "svg" or not self._hidden
        elif tag == "br":
            self.end_line(keep_empty=True)
        elif tag == "blockquote":
            self.end_line()
            self._quoted += 1
        elif tag == "li":
            self.end_line()
            self._line = "- "
        elif tag == "pre":
            self.end_line()
            self._preformatted += 1
        elif tag == "a":
            self._href, self._link_text = dict(attrs).get("href"), ""
        elif tag == "td" and self._line.strip():
            self._line += " "
        elif tag in _BLOCKS:
            self.end_line()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:  # `<script/>` hides nothing
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "a":
            self._end_link()
        elif tag == "pre":
            self.end_line()
            self._preformatted = max(self._preformatted - 1, 0)
        elif tag in _BLOCKS or tag in {"blockquote", "li"}:
            self.end_line()
            if tag == "blockquote":
                self._quoted = max(self._quoted - 1, 0)
            if tag in _PARAGRAPHS:
                self._empty_line()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._link_text += data
        if not self._preformatted:
            self._line += _BLANKS.sub(" ", data)
            return
        first, *others = data.split("\n")
        self._line += first
        for line in others:
            self.end_line(keep_empty=True)
            self._line = line

    def end_line(self, *, keep_empty: bool = False) -> None:
        line = self._line.rstrip() if self._preformatted else " ".join(self._line.split())
        self._line = ""
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
        href, shown = self._href, " ".join(self._link_text.split())
        self._href = None
        if href and href.startswith(("http://", "https://")) and not self._hidden and shown and shown not in href:
            self._line += f" ({href})"


def html_to_text(html: str) -> str:
    """The text that a reader of this HTML sees."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # the standard library's way of giving up on a broken declaration
        return " ".join(_TAG.sub(" ", html).split())
    reader.end_line()
    return "\n".join(reader.lines).strip()
