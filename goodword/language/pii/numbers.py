"""Numbers that give somebody away: cards, bank accounts, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from goodword.language.pii import checks

_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9]{4})", re.IGNORECASE)
_IBAN_WORD = re.compile(r"\biban\b[^\w\n]{0,4}(?:\w{1,8}[^\w\n]{1,4}){0,2}$", re.IGNORECASE)
_GROUP = re.compile(r"[ -]?[A-Za-z0-9]+")
_LONGEST_IBAN: Final = 34 + 8
"""Characters, and the spaces between groups of four: ISO 13616."""
# Where words aren't set apart by spaces, a letter of the script may stand right beside a number.
_NUMBER = re.compile(r"(?<![A-Za-z\d_+,.])(?:\+ ?)?\(?\d[\d \t./()\u2010-\u2013-]{5,30}\d(?![A-Za-z\d_])")
_DIGITS = re.compile(r"\d+")
_BETWEEN_GROUPS = re.compile(r"[ \t.\u00a0\u2010-\u2013-]{1,3}")
_CARD_GROUPS: Final = frozenset({
    (13,), (14,), (15,), (16,), (17,), (18,), (19,), (4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3),
    (4, 6, 5), (4, 6, 4), (6, 13), (4, 4, 4, 1), (8, 8),
})  # fmt: skip
"""How many digits stand together where a card is written, before its date and check number follow in the same line."""
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d)")
_DECIMAL = re.compile(r"\d+[.]\d+")
_ENDS_IN_A_PRICE = re.compile(r"(?<=[ \t\u00a0])\d{1,6}\.\d\d$")
_INTERNET_ADDRESS = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}")
_GAP = re.compile(r"[ \t]+")
_A_COUNT_AFTER = re.compile(r"(?<=\d{3})[ \t]+\d{1,2}$")
_LEAST_BEFORE_A_COUNT: Final = 10
_PHONE_WORD = re.compile(
    r"(?:\b(?:phone|tel|telephone|mobile|cell|call|text|whatsapp|handy|telefon|móvil|teléfono|celular|portable)\b|"
    r"电话|電話|手机|手機|携帯|전화|โทร)"
    r"[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_DEVICE_WORD = re.compile(r"\b(?:imei|meid|iccid|serial|seriennummer)\b[^\d\n]{0,20}$", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")
_DIGIT = re.compile(r"\d")


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Bank accounts, however their groups are set apart; mistyped ones, too, where they are called an IBAN."""
    for head in _IBAN_HEAD.finditer(text):
        end, code = _iban_shape(text, head)
        if checks.iban(code):
            yield head.start(), end
        elif _IBAN_WORD.search(text, max(0, head.start() - 30), head.start()):
            end = _end_of_groups(text, head.end())
            if len(text[head.start() : end]) >= min(checks.IBAN_LENGTHS.values()):
                yield head.start(), end


def _iban_shape(text: str, head: re.Match[str]) -> tuple[int, str]:
    """As many characters from the head on as an account of its country has: where they end, and they alone."""
    wanted = checks.IBAN_LENGTHS.get(head[0][:2].upper(), 0)
    code, at = "", head.start()
    while at < len(text) and len(code) < wanted and (text[at].isalnum() or text[at] in " -"):
        code += text[at].upper() if text[at].isalnum() else ""
        at += 1
    return at, code


def _end_of_groups(text: str, at: int) -> int:
    """Where the groups end that have a digit; a bank's code, the first of them, may have none."""
    first, last = True, at + _LONGEST_IBAN
    while (group := _GROUP.match(text, at, last)) and (first or _DIGIT.search(group[0])):
        first, at = False, group.end()
    return at


def _mistyped_ibans(text: str) -> list[tuple[int, int]]:
    """What has the country and the length of an account and isn't one: no digits in it are a card."""
    shapes = ((head.start(), *_iban_shape(text, head)) for head in _IBAN_HEAD.finditer(text))
    return [
        (start, end)
        for start, end, code in shapes
        if len(code) == checks.IBAN_LENGTHS.get(code[:2], 0) and not text[end : end + 1].isalnum()
    ]


def bare(text: str) -> str:
    """Its digits alone."""
    return "".join(filter(str.isdecimal, text))


def cards(text: str) -> Iterator[tuple[int, int]]:
    """A number that is one as a whole, or groups of digits as cards have them, whatever digits stand beside these."""
    accounts = _mistyped_ibans(text)
    for start, end in _cards(text):
        if not any(first < start and end <= last for first, last in accounts):
            yield start, end


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        if "+" not in match[0] and checks.card(bare(match[0])):
            yield match.span()
    yield from _grouped_cards(text, [match.span() for match in _DIGITS.finditer(text)])


def _grouped_cards(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(groups):
        size = next((size for size in (5, 4, 3, 2, 1) if _is_card(text, groups[at : at + size], size)), 0)
        if size:
            yield groups[at][0], groups[at + size - 1][1]
        at += size or 1


def _is_card(text: str, groups: Sequence[tuple[int, int]], size: int) -> bool:
    if len(groups) < size or tuple(end - start for start, end in groups) not in _CARD_GROUPS:
        return False
    joints = (text[before[1] : after[0]] for before, after in pairwise(groups))
    return all(map(_BETWEEN_GROUPS.fullmatch, joints)) and checks.card(
        "".join(text[start:end] for start, end in groups)
    )


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Telephone numbers, of two side by side each its own."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _is_phone(text, start, end):
            yield start, _without_a_count(text, start, end)
        else:
            yield from _two_phones(text, start, end)


def _is_phone(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    digits = bare(written)
    if not 7 <= len(digits) <= 15 or _DATE.match(written):
        return False
    if _DECIMAL.fullmatch(written) or _ENDS_IN_A_PRICE.search(written) or _INTERNET_ADDRESS.fullmatch(written):
        return False
    if _DEVICE_WORD.search(text, max(0, start - 40), start):
        return False
    international = written.startswith("+") or digits.startswith("00")
    grouped = len(digits) >= 9 and not written.isdecimal() and written[0] in "0(123456789"
    north_american = _NORTH_AMERICAN.fullmatch(digits) is not None
    trunk = digits.startswith("0") and len(digits) in (10, 11)
    asked = _PHONE_WORD.search(text, max(0, start - 40), start) is not None
    return international or north_american or trunk or asked or (grouped and len(digits) <= 12)


def _without_a_count(text: str, start: int, end: int) -> int:
    """Where a number ends that has enough digits without the one or two after it ("… 0958 12 days ago")."""
    count = _A_COUNT_AFTER.search(text, start, end)
    if count is None or len(bare(text[start : count.start()])) < _LEAST_BEFORE_A_COUNT:
        return end
    return count.start()


def _two_phones(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Two numbers side by side, written alike or each with a nought in front."""
    for gap in _GAP.finditer(text, start, end):
        first, second = (start, gap.start()), (gap.end(), end)
        alike = _DIGIT.sub("0", text[slice(*first)]) == _DIGIT.sub("0", text[slice(*second)])
        with_noughts = text[start] == text[gap.end()] == "0"
        if (alike or with_noughts) and _is_phone(text, *first) and _is_phone(text, *second):
            yield from (first, second)
            return
