"""What a file is, by its content; what it may be called; whether a page may show it."""

from __future__ import annotations

import re
import unicodedata

import puremagic

UNKNOWN = "application/octet-stream"
# Our own re-encodings of images; everything else is offered for download alone, whatever it calls itself.
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_SIGNATURES = (  # where puremagic names no type
    (b"\x7fELF", "application/x-elf"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"#!", "text/x-script"),
)
_RUNS_TYPES = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-elf",
        "application/x-iso9660-appimage",
        "application/x-mach-binary",
        "application/x-msi",
        "application/java-vm",
        "text/x-script",
    }
)
_RUNS_ENDINGS = re.compile(
    r"\.(?:exe|dll|com|pif|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|msp|lnk|url|jar|app|dmg|apk|reg|cpl|iso|img)$",
    re.IGNORECASE,
)
_LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')


def sniffed_type(content: bytes) -> str:
    """The media type that the content itself shows; never what its sender says."""
    for start, media_type in _SIGNATURES:
        if content.startswith(start):
            return media_type
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        found = []
    named = [match.mime_type for match in found if match.mime_type]
    if named:
        return str(named[0])
    return "text/plain" if _is_text(content) else UNKNOWN


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(character) == "Cc" and character not in "\t\r\n\f" for character in text)


def can_run(content_type: str, filename: str) -> bool:
    """Whether opening it might run it: a program, a script, or something with the name of one."""
    return content_type in _RUNS_TYPES or _RUNS_ENDINGS.search(filename) is not None


def safe_filename(name: str) -> str:
    """A name that can stand in a page, a header and any file system, and that reads as it is.

    Paths lose their folders; invisible characters go, with them the direction marks that make "exe.fdp" of ".pdf.exe".
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    visible = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    cleaned = " ".join(_FORBIDDEN.sub("_", visible).split()).strip(". ")
    if len(cleaned) > _LONGEST_NAME:
        stem, dot, ending = cleaned.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        cleaned = cleaned[: _LONGEST_NAME - len(ending)] + ending
    return cleaned or "file"


def with_ending(filename: str, ending: str) -> str:
    """The name with another ending, e.g. for an image that was re-encoded."""
    stem, dot, _old = filename.rpartition(".")
    return f"{stem if dot else filename}{ending}"
