"""Numbers that a state gave somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from goodword.language.pii import checks
from goodword.language.pii.bookings import names_order
from goodword.language.pii.numbers import bare

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
_NAMED_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    # One number in eleven is a right BSN, and an order may have eleven digits, too: somebody must call them so.
    (
        re.compile(
            r"\b(?:bsn|burgerservice(?:nummer)?|sofi-?(?:nummer)?|citizen service number)\b[^\d\n]{0,20}"
            r"(?P<number>\d(?:[ .]?\d){7,8})(?!\d)",
            re.IGNORECASE,
        ),
        checks.dutch_citizen,
    ),
    (
        re.compile(
            r"\b(?:steuer(?:liche)?[- ]?(?:id|ident\w{0,22}|nr|nummer)(?:[- ]?(?:nr|nummer))?|id-?nr|tin|tax[- ]id)\b"
            r"[^\d\n]{0,20}(?P<number>\d(?:[ ./]?\d){10})(?!\d)",
            re.IGNORECASE,
        ),
        checks.german_tax_id,
    ),
    # As the tax office prints it.
    (re.compile(r"(?<![\d.,] )(?<![\d.,])(?P<number>\d\d \d{3} \d{3} \d{3})(?![\d.,]|[ ]\d)"), checks.german_tax_id),
)


def national_ids(text: str) -> Iterator[tuple[int, int]]:
    """Identity and insurance numbers whose check digits are right, where they have any."""
    for pattern, check in _LETTERED_IDS:
        for match in pattern.finditer(text):
            if check(match[0].replace(" ", "").replace("-", "").upper()):
                yield match.span()
    for match in _SOCIAL_SECURITY.finditer(text):
        if checks.us_social_security(bare(match[0])):
            yield match.span()
    for pattern, check in _NUMBERED_IDS:
        for match in pattern.finditer(text):
            if check(bare(match[0])) and not names_order(text, match.start()):
                yield match.span()
    for pattern, check in _NAMED_IDS:
        for match in pattern.finditer(text):
            if check(bare(match["number"])) and not names_order(text, match.start("number")):
                yield match.span("number")
