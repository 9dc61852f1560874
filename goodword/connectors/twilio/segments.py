"""How many parts an SMS has: 160 letters of GSM 03.38, or 70 UTF-16 units where one letter isn't among them.

Of a long one each part holds 153 or 67, since it says which it is; a pair never falls apart between two.
Source: 3GPP TS 23.038 and 23.040; https://www.twilio.com/docs/glossary/what-sms-character-limit.
"""

from __future__ import annotations

from collections.abc import Iterable

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # two places each


def segments(text: str) -> int:
    """At least one."""
    if all(character in _BASIC or character in _EXTENDED for character in text):
        return _parts((2 if character in _EXTENDED else 1 for character in text), alone=160, one_of_many=153)
    return _parts((2 if character > "\uffff" else 1 for character in text), alone=70, one_of_many=67)


def _parts(weights: Iterable[int], *, alone: int, one_of_many: int) -> int:
    places = list(weights)
    if sum(places) <= alone:
        return 1
    count, left = 0, 0
    for each in places:
        if each > left:
            count, left = count + 1, one_of_many
        left -= each
    return count
