"""Makes the icon sprite from Lucide: `python -m goodword.ui.icons`. Needs the `lucide` wheel (a development tool).

Only icons named here are in the sprite, so that a page loads no more than it may show. Channels bring theirs in
`Capabilities.icon`.
"""

from __future__ import annotations

import re
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

SPRITE = Path(__file__).parent / "static" / "ui" / "icons.svg"

NAMES = (
    "alarm-clock", "anchor", "archive-restore", "arrow-left", "arrow-up", "at-sign", "bell", "bookmark",
    "calendar-clock", "chart-line", "check", "check-check", "chevron-down", "chevron-right", "circle-alert",
    "circle-check", "circle-dot", "circle-question-mark", "circle-x", "clock-alert", "cog", "coins", "command", "copy",
    "ear", "ellipsis", "ellipsis-vertical", "eye", "file-text", "flag", "flask-conical", "funnel", "gauge", "gift",
    "handshake", "heart-handshake", "history", "house",
    "inbox", "info", "key-round", "languages", "layers", "link", "list-checks", "lock", "log-out", "mail",
    "mail-open", "megaphone", "merge", "message-circle", "message-square", "message-square-text", "messages-square",
    "moon", "panel-right", "paperclip", "pencil", "phone", "plus", "radio", "refresh-cw", "rss", "search", "send",
    "settings", "shield", "smile", "split", "square-check", "star", "sticky-note", "sun", "sun-moon", "tag",
    "thumbs-down", "thumbs-up", "triangle-alert", "undo-2", "user", "user-plus", "users", "x", "zap",
)  # fmt: skip


def sprite(names: tuple[str, ...] = NAMES) -> str:
    """The sprite's SVG: one `<symbol>` an icon. Raises `KeyError` for a name that Lucide doesn't have."""
    symbols = []
    with ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes())) as archive:
        for name in names:
            svg = archive.read(f"{name}.svg").decode()
            inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
            if inner is None:
                raise KeyError(name)
            shapes = re.sub(r"\s*\n\s*", "", inner[1])
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    SPRITE.write_text(sprite())
