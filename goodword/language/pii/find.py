"""Find private data in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from goodword.language.pii import checks

KINDS: Final = ("email", "iban", "national_id", "card", "address", "booking_code", "phone")
"""In order of precedence: where two overlap, the earlier kind stands."""


class Private(msgspec.Struct, frozen=True, gc=False):
    """One piece of private data: its kind, and the characters [start, end) of the text that it covers."""

    kind: str
    span: tuple[int, int]


_LONGEST_NAME: Final = 64
_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏ"
_EMAIL_NAME = re.compile(rf"[{_LATIN}0-9_.%+-]+$")
_EMAIL_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9_-])")
_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?= ?[A-Z0-9]{4})", re.IGNORECASE)
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
_NORTH_AMERICAN = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")
_LETTERED_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    # The UK's national insurance number has no check digit to test: the prefix rules are HMRC's (NIM39110).
    (re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"), bool),
    (re.compile(r"\b(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\d{6}[a-d]\b"), bool),
    (re.compile(r"\b[XYZ\d]\d{7}-?[A-Z]\b", re.IGNORECASE), checks.spanish_identity),
    (re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]\b", re.IGNORECASE), checks.italian_fiscal),
    (
        re.compile(r"\b[12] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d\b", re.IGNORECASE),
        checks.french_social_security,
    ),
)
_SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_NUMBERED_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (re.compile(r"(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d\d(?!\d)"), checks.brazilian_person),
    (re.compile(r"(?<!\d)\d{11}(?!\d)"), checks.polish_person),
)
_BOOKING = re.compile(
    r"\b(?P<label>booking|reservation|confirmation|pnr|locator|reference|ref|order|ticket|tracking|buchungs\w{0,12}|reserva|"
    r"réservation|prenotazione)\b(?P<said>[\s:#.(-]{0,4}"
    r"(?:(?:code|number|num|no|nr|id|ref|reference|is|was|n°)\b[\s:#.(-]{0,4}){0,3})"
    r"(?-i:(?P<code>[A-Z0-9][A-Z0-9-]{3,18}[A-Z0-9])(?![\w-]))",
    re.IGNORECASE,
)
_SAYS_CODE = re.compile(r"[:#]|\b(?:code|number|num|no|nr|id|ref|reference|n°)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[AEIOU]")
_COUNTED = r"(?i:stars?|times|people|minutes?|mins|hours?|days?|weeks?|months?|years?|out|of)"
"""What follows a number that is no house's: "5 Stars Way better"."""
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Close|Place|Pl|Terrace|Way|Crescent|Square|"
    r"Parkway|Pkwy|Highway|Hwy|Row|Gardens|Grove)"
)
_NAME = r"[A-ZÀ-Þ0-9][\w'’.-]{0,24}"
_LINK = r"(?: (?:de|du|des|la|les|l'|las|los|del|della|dei|da|do|dos)){0,3}?"
_US_STATE = (
    r"(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
BOOKING_WORDS: Final = frozenset({
    "booking", "reservation", "confirmation", "pnr", "locator", "reference", "ref", "order", "ticket", "tracking",
    "reserva", "prenotazione",
})  # fmt: skip
"""Those of `_BOOKING` in ASCII; besides, there are words that begin with `buchungs`, and `réservation`."""
ENGLISH_STREET_WORDS: Final = frozenset({
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "boulevard", "blvd", "court", "ct",
    "close", "place", "pl", "terrace", "way", "crescent", "square", "parkway", "pkwy", "highway", "hwy", "row",
    "gardens", "grove",
})  # fmt: skip
"""They are looked for with a capital, after a number."""
OTHER_STREET_WORDS: Final = frozenset({
    "rue", "avenue", "boulevard", "chemin", "place", "impasse", "calle", "avenida", "paseo", "plaza", "via", "viale",
    "piazza", "corso", "rua", "travessa",
})  # fmt: skip
_STREET_WORDS: Final = ENGLISH_STREET_WORDS | OTHER_STREET_WORDS
STREET_ENDINGS: Final = ("straße", "strasse", "str", "weg", "platz", "allee", "gasse", "laan", "straat")
_STREETS: Final = (
    re.compile(
        rf"\b\d{{1,5}}[A-Za-z]? (?!{_COUNTED}\b)(?:{_NAME} ){{1,4}}{_STREET}\b"
        r"(?:,? (?:Apt|Unit|Suite|Flat|#)\.? ?\w{1,6})?"
    ),
    re.compile(r"\b[A-ZÄÖÜ]\w{0,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|laan|straat) ?\d{1,4}[a-z]?\b"),
    re.compile(
        r"\b(?i:rue|avenue|boulevard|calle|avenida|paseo|plaza|via|viale|piazza|corso|rua|travessa)"
        rf"{_LINK} (?:{_NAME},? ){{1,4}}(?:n[º°.]? ?)?\d{{1,4}}\b"
    ),
    re.compile(rf"\b\d{{1,4}}(?: bis)?,? (?:rue|avenue|boulevard|chemin|place|impasse){_LINK}(?: {_NAME}){{1,4}}"),
)
_PLACES: Final = (
    # A British postcode stands for some fifteen houses (Royal Mail's format).
    re.compile(r"\b(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]? \d[ABD-HJLNP-UW-Z]{2})\b"),
    re.compile(rf"\b[A-Z][a-z]{{2,20}},? {_US_STATE} \d{{5}}(?:-\d{{4}})?\b"),
)
_DIGIT = re.compile(r"\d")
_SIX_CAPITALS = re.compile(r"\b[A-Z]{6}\b")
_PLAIN: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0xA0, 0x2007, 0x202F), 32)
"""Full-width forms and spaces that don't break, one character each, so that places in the text stay."""


def find(text: str, *, kinds: Sequence[str] = KINDS) -> list[Private]:
    """All private data of a text, by where it starts; no two overlap. `kinds` are those that it can hold at all, where
    that is known."""
    if not kinds:
        return []
    if not text.isascii():
        text = text.translate(_PLAIN)
    digits = len(_DIGIT.findall(text))
    capitals = _SIX_CAPITALS.search(text) is not None
    found: list[Private] = []
    for kind, finder, least_digits in _FINDERS:
        if kind in kinds and (digits >= least_digits or (kind == "booking_code" and capitals)):
            for start, end in finder(text):
                at = bisect_left(found, start, key=_start)
                if (at == 0 or found[at - 1].span[1] <= start) and (at == len(found) or found[at].span[0] >= end):
                    found.insert(at, Private(kind, (start, end)))
    return found


def _start(private: Private) -> int:
    return private.span[0]


def _emails(text: str) -> Iterator[tuple[int, int]]:
    """Looked for at each `@` that is not the beginning of a handle, since most posts hold handles and no address."""
    at = text.find("@")
    while at != -1:
        if at and (text[at - 1].isalnum() or text[at - 1] in "._%+-"):
            head, tail = _EMAIL_NAME.search(text, max(0, at - _LONGEST_NAME), at), _EMAIL_HOST.match(text, at + 1)
            if head and tail and text[head.start() - 1 : head.start()] != "@":  # @user@host is a handle
                yield head.start(), tail.end()
        at = text.find("@", at + 1)


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for head in _IBAN_HEAD.finditer(text):
        wanted = checks.IBAN_LENGTHS.get(head[0][:2].upper(), 0)
        code, at = "", head.start()
        while at < len(text) and len(code) < wanted and (text[at].isalnum() or text[at] in " -"):
            code += text[at].upper() if text[at].isalnum() else ""
            at += 1
        if wanted and checks.iban(code):
            yield head.start(), at


def _bare(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """A number that is one as a whole, or groups of digits as cards have them, whatever digits stand beside these."""
    for match in _NUMBER.finditer(text):
        if "+" not in match[0] and checks.card(_bare(match[0])):
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


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _is_phone(text, start, end):
            yield start, _without_a_count(text, start, end)
        else:
            yield from _two_phones(text, start, end)


def _is_phone(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    digits = _bare(written)
    if not 7 <= len(digits) <= 15 or _DATE.match(written):
        return False
    if _DECIMAL.fullmatch(written) or _ENDS_IN_A_PRICE.search(written) or _INTERNET_ADDRESS.fullmatch(written):
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
    if count is None or len(_bare(text[start : count.start()])) < _LEAST_BEFORE_A_COUNT:
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


def _national_ids(text: str) -> Iterator[tuple[int, int]]:
    for pattern, check in _LETTERED_IDS:
        for match in pattern.finditer(text):
            if check(match[0].replace(" ", "").replace("-", "").upper()):
                yield match.span()
    for match in _SOCIAL_SECURITY.finditer(text):
        if checks.us_social_security(_bare(match[0])):
            yield match.span()
    for pattern, check in _NUMBERED_IDS:
        for match in pattern.finditer(text):
            if check(_bare(match[0])):
                yield match.span()


def _bookings(text: str) -> Iterator[tuple[int, int]]:
    shouts = text.isupper()
    for match in _BOOKING.finditer(text):
        if _DIGIT.search(match["code"]) or _is_code_of_letters(match, shouts=shouts):
            yield match.span("code")


def _is_code_of_letters(match: re.Match[str], *, shouts: bool) -> bool:
    """Six capitals that are called a code; where nobody calls them one, or all is in capitals, such as are no word."""
    code = match["code"]
    if not (len(code) == 6 and code.isalpha()):
        return False
    called = match["label"].lower() in ("pnr", "locator") or _SAYS_CODE.search(match["said"]) is not None
    vowels = len(_VOWEL.findall(code))
    return vowels <= 1 and called if shouts else called or vowels == 0


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    words = [word.strip(".,;:!?()\"'") for word in text.lower().split()]
    # Few texts name a street: a look at the words spares the rest the dearer patterns.
    named = not _STREET_WORDS.isdisjoint(words) or any(word.endswith(STREET_ENDINGS) for word in words)
    for pattern in (*_STREETS, *_PLACES) if named else _PLACES:
        yield from (match.span() for match in pattern.finditer(text))


_FINDERS: Final = (
    ("email", _emails, 0),
    ("iban", _ibans, 2),
    ("national_id", _national_ids, 6),
    ("card", _cards, 13),
    ("address", _addresses, 1),
    ("booking_code", _bookings, 1),
    ("phone", _phones, 7),
)
"""Each kind, what finds it, and how many digits a text must have at least for that to be worth a look."""
