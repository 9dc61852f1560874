"""Bytes to text, by the character set that was declared or, where that is wrong, by the one that was meant."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.connectors.storable import is_storable, storable_text

# What mail programs declare, and what they write. Browsers read Latin-1 as windows-1252 for the same reason.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
_UNDECLARED = {"", "us-ascii", "ascii", "unknown-8bit", "unknown", "x-unknown", "default", "8bit", "binary"}
_NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text that can be stored, and whether characters had to be replaced by U+FFFD."""

    text: str
    is_repaired: bool = False


def decode(content: bytes, charset: str | None) -> Decoded:
    """Never fails: declared character set, else UTF-8, else windows-1252."""
    name = (charset or "").strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    if name not in _UNDECLARED and name not in _NOT_FOR_MAIL:
        try:
            return _stored(content.decode(name))
        except (LookupError, ValueError):  # unknown, or the bytes are not of this character set
            pass
    try:
        return _stored(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if name in {"utf-8", "utf-16", "utf-32"}:
        return Decoded(storable_text(content.decode("utf-8", "replace")), is_repaired=True)
    return Decoded(storable_text(content.decode("cp1252", "replace")), is_repaired=b"\x00" in content)


def _stored(text: str) -> Decoded:
    return Decoded(storable_text(text), is_repaired=not is_storable(text))
