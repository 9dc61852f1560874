"""What a page shows, and what it would run: read with a real parser, as a browser reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SHOWN = {"placeholder", "aria-label", "title", "alt", "value"}
_ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post"}


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of visible text, and the elements around it, from the outside in."""

    text: str
    around: tuple[tuple[str, dict[str, str]], ...]

    @property
    def direction_is_its_own(self) -> bool:
        """Whether its writing direction stays within an element, or the name of the tab, of its own."""
        return any(tag in {"bdi", "title"} or attributes.get("dir") == "auto" for tag, attributes in self.around)


@dataclass
class Page(HTMLParser):
    """A parsed page."""

    texts: list[Text] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    _around: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def text(self) -> str:
        """All visible text."""
        return "\n".join(each.text for each in self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.handlers += [f"{tag} {name}" for name in attributes if name.startswith(("on", "hx-on"))]
        self.addresses += [attributes[name] for name in attributes.keys() & _ADDRESSES]
        shown = _SHOWN - {"value"} if attributes.get("type") in {"hidden", "checkbox", "radio"} else _SHOWN
        shown = shown if tag == "input" else shown - {"value"}
        self.labels += [attributes[name] for name in attributes.keys() & shown]
        self.labels += [value for name, value in attributes.items() if name.startswith("data-") and " " in value]
        if tag == "img":
            self.images.append(attributes.get("src", ""))
        if tag not in _VOID:
            self._around.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self._around}
        if "script" in tags:
            self.scripts.append(data)
        elif "style" not in tags and data.strip():
            self.texts.append(Text(data, tuple(self._around)))


def read_page(content: bytes) -> Page:
    """Parse a page."""
    page = Page()
    page.feed(content.decode())
    page.close()
    return page
