"""Where the new words of a mail end, and the quotation of earlier mails or a signature begins.

Only a hint for showing: nothing is cut from the text, and where a reply is written between the quoted lines all of it
counts as new.
"""

from __future__ import annotations

import re

_ATTRIBUTION = re.compile(  # often wrapped over several lines
    r"^\s*(On\b.{4,200}\bwrote|Am\b.{4,200}\bschrieb\b.{0,120}|Le\b.{4,200}\ba écrit|El\b.{4,200}\bescribió"
    r"|Il\b.{4,200}\bha scritto|Em\b.{4,200}\bescreveu|Op\b.{4,200}\bschreef\b.{0,120}|Den\b.{4,200}\bskrev\b.{0,120}"
    r"|W dniu\b.{4,200}\bpisze)\s?:\s*$",
    re.I,
)
_ATTRIBUTION_LINE = re.compile(
    r"^.{0,200}<[^<>\s]+@[^<>\s]+>.{0,40}(wrote|schrieb|a écrit|escribió|ha scritto|escreveu)\s?:\s*$", re.I
)
_DIVIDER = re.compile(
    r"^\s*(-{2,}\s*(Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale"
    r"|Mensagem original|Oorspronkelijk bericht|Forwarded message|Weitergeleitete Nachricht)\s*-{2,}"
    r"|_{10,}|##- .{0,80} -##)\s*$",
    re.I,
)
_HEADER_BLOCK = re.compile(r"^\s*\*?(From|Von|De|Da|Van|Från|Fra)\s?:\*?\s+\S", re.I)
_HEADER_BLOCK_NEXT = re.compile(
    r"^\s*\*?(Sent|Date|To|Gesendet|Datum|An|Envoyé|À|Enviado|Para|Inviato|Data)\s?:\*?\s", re.I
)
_SIGNATURE = re.compile(
    r"^(-- ?|Sent from my .{2,40}|Von meinem .{2,40} gesendet|Envoyé de mon .{2,40}|Get Outlook for .{2,20})$", re.I
)
_MAX_ATTRIBUTION_LINES = 3
_MAX_ATTRIBUTION = 400  # characters
_MAX_LINES = 5_000  # a longer text is shown whole; nobody types that much under a quotation


def visible_length(text: str) -> int:
    """How many characters at the beginning of a mail's text are its author's new words; `len(text)` when all are."""
    lines = text.splitlines(keepends=True)
    if len(lines) > _MAX_LINES:
        return len(text)
    end = min(_first_divider(lines), _trailing_quote(lines))
    end = _signature(lines, end)
    visible = "".join(lines[:end]).rstrip()
    return len(visible) if visible.strip() else len(text)


def _first_divider(lines: list[str]) -> int:
    """The line where a mail program put the whole earlier mail below the new words."""
    for i, line in enumerate(lines):
        if _DIVIDER.match(line):
            return i
        following = lines[i + 1 : i + 3]
        if _HEADER_BLOCK.match(line) and any(_HEADER_BLOCK_NEXT.match(after) for after in following):
            return i
        length = _attribution_at(lines, i)
        if length and not any(after.lstrip().startswith(">") for after in lines[i + length :]):
            return i
    return len(lines)


def _trailing_quote(lines: list[str]) -> int:
    """The line where quoted lines begin that go on to the end, their attribution included."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    if not any(line.lstrip().startswith(">") for line in lines[end:]):
        return len(lines)
    for length in range(_MAX_ATTRIBUTION_LINES, 0, -1):
        if end >= length and _attribution_at(lines, end - length) == length:
            return end - length
    return end


def _attribution_at(lines: list[str], start: int) -> int:
    """How many lines an attribution (`On … wrote:`) takes that begins here; 0 for none."""
    for length in range(1, _MAX_ATTRIBUTION_LINES + 1):
        some = [line.strip() for line in lines[start : start + length]]
        if len(some) < length or not some[-1]:
            return 0
        joined = " ".join(some)
        if not joined.endswith(":") or len(joined) > _MAX_ATTRIBUTION:
            continue
        if _ATTRIBUTION.match(joined) or (length == 1 and _ATTRIBUTION_LINE.match(joined)):
            return length
    return 0


def _signature(lines: list[str], end: int) -> int:
    for i in range(max(0, end - 12), end):
        if _SIGNATURE.match(lines[i].rstrip("\r\n")):
            return i
    return end
