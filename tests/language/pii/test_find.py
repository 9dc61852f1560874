"""What counts as private data, and what only looks like it."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language import pii
from goodword.language.pii import checks

FOUND = [
    ("My card is 4111 1111 1111 1111, charge it", "card", "4111 1111 1111 1111"),
    ("5500005555555559", "card", "5500005555555559"),
    ("pay to GB29 NWBK 6016 1331 9268 19 please", "iban", "GB29 NWBK 6016 1331 9268 19"),
    ("IBAN: de89370400440532013000.", "iban", "de89370400440532013000"),
    ("write to jane.doe+x@example.co.uk!", "email", "jane.doe+x@example.co.uk"),
    ("call me on +44 20 7946 0958 now", "phone", "+44 20 7946 0958"),
    ("my number: (415) 555-2671", "phone", "(415) 555-2671"),
    ("text 5552671 after six", "phone", "5552671"),
    ("07911 123456 is my mobile", "phone", "07911 123456"),
    ("I live at 221 Baker Street, and nobody came", "address", "221 Baker Street"),
    ("12 rue de la Paix est fermé", "address", "12 rue de la Paix"),
    ("Hauptstraße 12 wurde nicht beliefert", "address", "Hauptstraße 12"),
    ("sent to SW1A 1AA by mistake", "address", "SW1A 1AA"),
    ("Springfield, IL 62704 has no signal", "address", "Springfield, IL 62704"),
    ("booking reference is K7XQ2P and still nothing", "booking_code", "K7XQ2P"),
    ("confirmation code ABCDEF, where is my seat", "booking_code", "ABCDEF"),
    ("order #AB-1234567 never came", "booking_code", "AB-1234567"),
    ("my SSN is 536-22-1234", "national_id", "536-22-1234"),
    ("NI number AB 12 34 56 C", "national_id", "AB 12 34 56 C"),
    ("DNI 12345678Z", "national_id", "12345678Z"),
    ("codice fiscale RSSMRA85T10A562S", "national_id", "RSSMRA85T10A562S"),
    ("CPF 529.982.247-25", "national_id", "529.982.247-25"),
    ("numéro 2 55 08 14 168 025 38", "national_id", "2 55 08 14 168 025 38"),
    ("PESEL 44051401359", "national_id", "44051401359"),
    ("電話は090-1234-5678です", "phone", "090-1234-5678"),
    ("电话13812345678", "phone", "13812345678"),
    ("手机13801234567谢谢", "phone", "13801234567"),
    ("電話は０９０－１２３４－５６７８です", "phone", "０９０－１２３４－５６７８"),
    ("メールはme@example.comです", "email", "me@example.com"),
    ("escribe a josé@example.com ya", "email", "josé@example.com"),
    ("+44 20 7946 0958 12 days ago", "phone", "+44 20 7946 0958"),
    ("+33 1 23 45 67 89 is mine", "phone", "+33 1 23 45 67 89"),
    ("GB29\u202fNWBK\u00a06016 1331 9268 19", "iban", "GB29\u202fNWBK\u00a06016 1331 9268 19"),
    ("PLEASE HELP MY PNR IS XJKLMQ", "booking_code", "XJKLMQ"),
    ("dni 12345678z", "national_id", "12345678z"),
    ("nino ab123456c", "national_id", "ab123456c"),
    ("rssmra85t10a562s", "national_id", "rssmra85t10a562s"),
    ("mijn BSN: 1112.22.333", "national_id", "1112.22.333"),
    ("burgerservicenummer is 123456782", "national_id", "123456782"),
    ("Steuer-ID 86095742719", "national_id", "86095742719"),
    ("meine Steueridentifikationsnummer ist 47 036 892 816", "national_id", "47 036 892 816"),
    ("86 095 742 719 ist falsch", "national_id", "86 095 742 719"),
    ("my IBAN is DE89 3704 0044 0532 0130 01 ok", "iban", "DE89 3704 0044 0532 0130 01"),
    ("IBAN: NL91ABNA04171643.", "iban", "NL91ABNA04171643"),
    ("schreibt an hans@müller.de", "email", "hans@müller.de"),
    ("пишите: иван@пример.рф!", "email", "иван@пример.рф"),
    ("邮箱是张三@例子.公司谢谢", "email", "邮箱是张三@例子.公司"),
    ("user@xn--e1afmkfd.xn--p1ai", "email", "user@xn--e1afmkfd.xn--p1ai"),
    ("me@例え.jpです", "email", "me@例え.jp"),
    ("order 86095742719", "booking_code", "86095742719"),
    ("ticket 44051401359", "booking_code", "44051401359"),
]


@pytest.mark.parametrize(("text", "kind", "span"), FOUND)
def test_found(text: str, kind: str, span: str) -> None:
    assert [(private.kind, text[slice(*private.span)]) for private in pii.find(text)] == [(kind, span)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no data here @user",
        "paid 1,299.00 on 2017-10-05 for it",
        "flight 1234 at 18:30 was cancelled, 3rd time in 2 weeks",
        "4111 1111 1111 1112",
        "GB29 NWBK 6016 1331 9268 18",
        "my order is late and the booking desk is closed",
        "10/12/2016 and 11.12.2016",
        "version 10.2.1 on iOS 11",
        "12345678A",
        "@user@mastodon.social said so",
        "where is my order PLEASE",
        "WHERE IS MY ORDER NUMBER PLEASE",
        "5 Stars Way better than before",
        "the router is at 192.168.100.200",
        "IMEI 356938035643809 was stolen",
        "my phone's IMEI: 490154203237518",
        "AT61 1904 3002 3457 3202",
        "123456782 and 86095742719",
        "看@example.com",
        "转发@微博.小秘书",
    ],
)
def test_not_private(text: str) -> None:
    assert pii.find(text) == []


def test_two_numbers_side_by_side_are_both_found() -> None:
    text = "call 555-123-4567 555-987-6543"
    assert [text[slice(*private.span)] for private in pii.find(text)] == ["555-123-4567", "555-987-6543"]


def test_masking_keeps_the_rest_and_hides_all_of_it() -> None:
    text = "Jane at jane@example.com, card 4111-1111-1111-1111."
    assert pii.mask(text) == "Jane at [email], card [card]."
    assert pii.mask(text, names=dict.fromkeys(pii.KINDS, "hidden")) == "Jane at [hidden], card [hidden]."


@given(st.text(alphabet=string.ascii_letters + string.digits + " @.-+()/#,", max_size=120))
def test_spans_are_sorted_and_apart_and_only_they_are_masked(text: str) -> None:
    found = pii.find(text)
    ends = [0, *(private.span[1] for private in found)]
    assert all(end <= private.span[0] < private.span[1] <= len(text) for end, private in zip(ends, found, strict=False))
    kept = "".join(text[a:b] for a, b in zip(ends, [*(p.span[0] for p in found), len(text)], strict=True))
    assert pii.mask(text, names=dict.fromkeys(pii.KINDS, "")).replace("[]", "") == kept.replace("[]", "")


@given(st.integers(min_value=10**11, max_value=10**17))
def test_exactly_one_check_digit_satisfies_luhn(number: int) -> None:
    assert sum(checks.luhn(f"{number}{digit}") for digit in range(10)) == 1


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_an_iban_with_one_digit_changed_is_none(account: int) -> None:
    digits = f"{account:018}"
    check = 98 - int(f"{digits}131400") % 97
    code = f"DE{check:02}{digits}"
    assert checks.iban(code)
    assert not checks.iban(code[:-1] + str((int(code[-1]) + 1) % 10))


@given(st.sampled_from(["01", "35", "49", "86", "99"]), st.integers(0, 10**12 - 1))
def test_the_number_of_a_telephone_is_no_card(body: str, rest: int) -> None:
    number = f"{body}{rest:012}"
    (imei,) = (f"{number}{digit}" for digit in range(10) if checks.luhn(f"{number}{digit}"))
    assert pii.find(imei, kinds=("card",)) == []


@given(st.sampled_from(["DE", "AT", "PL", "ES"]), st.data())
def test_a_mistyped_account_is_no_card(country: str, data: st.DataObject) -> None:
    length = checks.IBAN_LENGTHS[country] - 4
    account = f"{data.draw(st.integers(0, 10**length - 1)):0{length}}"
    moved = f"{account}{int(country[0], 36)}{int(country[1], 36)}00"
    code = f"{country}{98 - int(moved) % 97:02}{account}"
    place = data.draw(st.integers(4, len(code) - 1))
    wrong = code[:place] + str((int(code[place]) + data.draw(st.integers(1, 9))) % 10) + code[place + 1 :]
    assert checks.iban(code)
    assert not checks.iban(wrong)
    for written in (wrong, " ".join(wrong[start : start + 4] for start in range(0, len(wrong), 4))):
        assert pii.find(written, kinds=("card",)) == []
        assert [one.kind for one in pii.find(f"IBAN {written}")] == ["iban"]


@given(st.sampled_from(["order", "Bestellnummer", "pedido", "tracking no."]), st.integers(10**7, 10**12))
def test_the_number_of_an_order_is_nobodys(word: str, number: int) -> None:
    assert pii.find(f"{word} {number}", kinds=("national_id",)) == []
    assert pii.find(f"{number} is what I ordered", kinds=("national_id",)) == [] or len(str(number)) == 11


@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_a_dutch_number_with_one_digit_changed_is_none(body: int, place: int, by: int) -> None:
    right = [f"{body:08}{digit}" for digit in range(10) if checks.dutch_citizen(f"{body:08}{digit}")]
    assert len(right) <= 1
    for number in right:
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
        assert not checks.dutch_citizen(wrong)


@given(st.permutations("1234567890"), st.integers(0, 9), st.integers(0, 9))
def test_a_german_number_has_one_last_digit(order: list[str], place: int, other: int) -> None:
    order[place] = order[other]  # one digit twice
    body = "".join(order)
    right = [digit for digit in range(10) if checks.german_tax_id(f"{body}{digit}")]
    assert len(right) == (place != other and body[0] != "0")


@given(st.integers(0, 10**11 - 1))
def test_few_numbers_are_a_german_one_by_chance(number: int) -> None:
    digits = f"{number:011}"
    assert not checks.german_tax_id(digits) or 8 <= len(set(digits[:10])) <= 9


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_spanish_number_has_one_letter(number: int) -> None:
    assert sum(checks.spanish_identity(f"{number:08}{letter}") for letter in string.ascii_uppercase) == 1


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111 12/27 123",
        "my card is 4111 1111 1111 1111 12/27",
        "4111111111111111 123",
        "4111 1111 1111 1111 (123)",
        "4111 1111 1111 1111 - 12/27",
        "4111\u20131111\u20131111\u20131111",
        "4111\u20111111\u20111111\u20111111",
        "12/27 4111 1111 1111 1111",
        "378282246310005 378282246310005",
        "4111 1111 1111 1111 5555 5555 5555 4444",
    ],
)
def test_a_card_is_found_whatever_stands_beside_it(text: str) -> None:
    covered = pii.mask(text)
    for card in ("1111", "4444", "3782822"):
        assert card not in covered


def test_many_addresses_take_no_more_than_their_number() -> None:
    few, many = (timed(" ".join(f"n{number}@example.org" for number in range(count))) for count in (500, 5000))
    assert many < 40 * few


def timed(text: str) -> float:
    """The least of three runs, in seconds of processor time."""
    runs = []
    for _ in range(3):
        begun = time.process_time()
        assert pii.find(text)
        runs.append(time.process_time() - begun)
    return min(runs)


@pytest.mark.parametrize("text", ["for order 40718 — 89.90 € each", "for order 40718 - 89.90", "of 1200345 12.50"])
def test_a_price_behind_a_number_makes_no_telephone(text: str) -> None:
    assert [found.kind for found in pii.find(text, kinds=("phone",))] == []
