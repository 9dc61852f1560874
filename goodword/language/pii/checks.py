"""The arithmetic by which a number proves itself. Each takes the bare characters, without spaces or punctuation."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Final

# Length of an IBAN by country: SWIFT's IBAN registry.
IBAN_LENGTHS: Final[dict[str, int]] = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24,
    "XK": 20,
}  # fmt: skip
# Beginnings of payment cards by how many digits they have, as the schemes publish them (ISO/IEC 7812-1 gives out the
# ranges): 4 Visa; 51 to 55 and 2221 to 2720 Mastercard; 2200 to 2204 Mir; 34 and 37 American Express; 30, 36, 38, 39
# Diners; 3528 to 3589 JCB; 50, 56 to 69 Maestro, Discover, UnionPay, RuPay, Elo.
_MANY = r"4|5|6|35[2-8]"
CARD_BEGINS: Final = {
    13: re.compile("4"), 14: re.compile("3[0689]"), 15: re.compile("3[47]"),
    16: re.compile(rf"{_MANY}|2[2-7]|3[0689]"), 17: re.compile(_MANY), 18: re.compile(_MANY), 19: re.compile(_MANY),
}  # fmt: skip
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_FISCAL_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
         10, 22, 25, 24, 23), strict=True)
)  # fmt: skip


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right doubled, the digits' sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card(digits: str) -> bool:
    """A payment card: a scheme's beginning and length, Luhn, not one digit over and over.

    The number of a telephone (IMEI) passes Luhn, too: it has 15 digits, and begins with none of American Express.
    """
    begins = CARD_BEGINS.get(len(digits))
    return begins is not None and begins.match(digits) is not None and len(set(digits)) > 1 and luhn(digits)


def iban(code: str) -> bool:
    """ISO 13616: the country's length, and mod 97 is 1 with the first four characters moved to the end."""
    if not (code.isascii() and code.isalnum()) or IBAN_LENGTHS.get(code[:2]) != len(code):
        return False
    return int("".join(str(int(character, 36)) for character in code[4:] + code[:4])) % 97 == 1


def us_social_security(digits: str) -> bool:
    """SSA: area not 000, 666 or 9xx; group not 00; serial not 0000. It has no check digit."""
    return (
        len(digits) == 9 and digits[:3] not in ("000", "666") and digits[0] != "9"
        and digits[3:5] != "00" and digits[5:] != "0000"
    )  # fmt: skip


def spanish_identity(code: str) -> bool:
    """DNI and NIE: the letter is the number mod 23; X, Y, Z stand for a leading 0, 1, 2."""
    digits = code[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return len(code) == 9 and digits.isdecimal() and code[-1] == _DNI_LETTERS[int(digits) % 23]


def french_social_security(code: str) -> bool:
    """NIR: the last two digits are 97 less the first thirteen mod 97; Corsica's 2A and 2B count as 19 and 18."""
    number = code[:13].replace("2A", "19").replace("2B", "18")
    return len(code) == 15 and number.isdecimal() and code[13:].isdecimal() and 97 - int(number) % 97 == int(code[13:])


def italian_fiscal(code: str) -> bool:
    """Codice fiscale: the last letter is the sum of odd and even places mod 26."""
    if len(code) != 16:
        return False
    total = sum(_FISCAL_ODD[c] if i % 2 == 0 else (int(c) if c.isdecimal() else ord(c) - 65)
                for i, c in enumerate(code[:15]))  # fmt: skip
    return chr(65 + total % 26) == code[15]


def brazilian_person(digits: str) -> bool:
    """CPF: two check digits, each a weighted sum mod 11."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(int(digit) * (length + 1 - place) for place, digit in enumerate(digits[:length]))
        if total * 10 % 11 % 10 != int(digits[length]):
            return False
    return True


def polish_person(digits: str) -> bool:
    """PESEL (Ustawa o ewidencji ludności, art. 15): born on a day that there was, the months of 2000 on 20 higher;
    weights 1 3 7 9, the sum with the check digit a multiple of ten. Whoever was born before 1900 writes no posts.
    """
    if len(digits) != 11 or int(digits[2:4]) >= 40:
        return False
    century, month = divmod(int(digits[2:4]), 20)
    try:
        date(1900 + 100 * century + int(digits[:2]), month, int(digits[4:6]))
    except ValueError:
        return False
    return (sum(int(d) * w for d, w in zip(digits[:10], (1, 3, 7, 9) * 3, strict=False)) + int(digits[10])) % 10 == 0


def dutch_citizen(digits: str) -> bool:
    """BSN, the "elfproef" (RvIG, Logisch ontwerp BSN): weights 9 to 2 and -1, the sum a multiple of eleven. An older
    number has eight digits, as if a nought stood before them."""
    if len(digits) not in (8, 9) or not int(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(digits.zfill(9), weights, strict=True)) % 11 == 0


def german_tax_id(digits: str) -> bool:
    """Steueridentifikationsnummer (§ 139b AO; Bundeszentralamt für Steuern): of the first ten digits, no leading
    nought, one stands twice or three times, never thrice in a row, and all others once at most; the last is by
    ISO/IEC 7064, MOD 11,10."""
    if len(digits) != 11 or digits[0] == "0":
        return False
    repeated = [count for count in Counter(digits[:10]).values() if count > 1]
    if len(repeated) != 1 or repeated[0] > 3 or any(digit * 3 in digits[:10] for digit in "0123456789"):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])
