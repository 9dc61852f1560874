"""The recorded file as a connector. It listens to nothing: `goodword import` reads the file and hands on its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from goodword.connectors.contract import Capabilities, Field, Heard, Malformed, Raw, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.recorded import jsonl, mbox, twcs
from goodword.connectors.recorded.reading import Read, Rejected, Unreadable, open_checked

__all__ = ["FORMATS", "RecordedFile", "Rejected", "Unreadable", "read_file"]

FORMATS: dict[str, Callable[[IO[bytes]], Read]] = {"jsonl": jsonl.read, "mbox": mbox.read, "twcs": twcs.read}

_PARSERS: dict[str, Callable[[Raw], Sequence[Heard]]] = {
    jsonl.CONTENT_TYPE: jsonl.parse,
    twcs.CONTENT_TYPE: twcs.parse,
}


def read_file(path: Path, format: str) -> Read:
    """The rows of a file, one by one and in order; the file may be larger than memory.

    Raises `Unreadable` at once, before the first row is asked for, when the file as a whole is not what it should be.
    """
    if format not in FORMATS:
        raise Unreadable(f"{format!r} is no format. Choose one of: {', '.join(FORMATS)}.")
    return open_checked(path, FORMATS[format])


class RecordedFile:
    """What was said earlier, from a file."""

    key = "recorded"
    label = _("Recorded file")
    fields: Sequence[Field] = (
        Field(
            "format",
            _("Format"),
            help=_("Read with: goodword import FILE --as FORMAT"),
            default="twcs",
            choices=(
                ("twcs", _("Customer Support on Twitter (CSV)")),
                ("jsonl", _("JSON Lines, as goodword export writes")),
                ("mbox", _("Mailbox (mbox)")),
            ),
        ),
        Field(
            "own_addresses",
            _("Our own addresses"),
            help=_("For mailboxes: mail from one of these is the brand's. Separated by commas."),
            required=False,
        ),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Nothing can be answered, and nothing new will come by itself."""
        return Capabilities(
            can_listen=False,
            public=settings.get("format") != "mbox",
            hears_edits=settings.get("format") != "mbox",
            icon="file-text",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """By the content type that `read_file` gave, so that one source may hold files of several formats."""
        if raw.content_type == mbox.CONTENT_TYPE:
            own = str(settings.get("own_addresses") or "").lower()
            return mbox.parse(raw, own.replace(",", " ").split())
        parser = _PARSERS.get(raw.content_type)
        if parser is None:
            raise Malformed(f"{raw.content_type[:80]!r} is no format of a recorded file.")
        return parser(raw)
