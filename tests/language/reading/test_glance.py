"""What is seen at a glance is what the rules in Python find: nothing is missed, nothing made up."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodword.language import pii
from goodword.language.pii.bookings import BOOKING_WORDS
from goodword.language.pii.streets import ENGLISH_STREET_WORDS, OTHER_STREET_WORDS, STREET_ENDINGS
from goodword.language.reading.cues import cues, lexicon
from goodword.language.reading.glance import glance
from goodword.language.reading.language_id import ENGLISH_ALONE, ENGLISH_FROM, LOOKED_AT, NO, UNKNOWN, YES
from goodword.language.reading.normalise import MAX_CHARACTERS
from goodword.language.reading.seen import cues_of, kinds_of
from goodword.language.reading.signs import harmless, latin

PRIVATE = (
    "5 Main Street", "221b Baker St.", "10, rue de la Paix", "via Roma 7", "Hauptstraße 5", "HAUPTSTRASSE 5",
    "Lindenweg 12a", "SW1A 2AA", "GIR 0AA", "Albany, NY 12207", "a.b@c.example", "é@x.de", "ref: AB-1234", "ABCDEF",
    "order no ABC123", "Buchungscode: XYZ12A", "réservation QWERT1", "DE89 3704 0044 0532 0130 00", "078-05-1120",
    "AB123456C", "4111 1111 1111 1111", "+44 20 7946 0958", "call 555-0134", "5ſ", "K", "٣٤٥", "x²@y.com",
    "０９０－１２３４－５６７８", "ａ＠b.example", "電話は090-1234-5678です", "5\u00a0Main Street",
    "5 Main\u202fStreet", "PNR\u00a0IS XJKLMQ",
    "DE89\u202f3704\u00a00044 0532 0130 00", "dni 12345678z", "ab123456c", "SW1A\u00a02AA",
)  # fmt: skip
PHRASES = tuple(" ".join(phrase).replace("#", "3.5") for phrase in lexicon().told)
WORDS = tuple(ENGLISH_ALONE | BOOKING_WORDS | ENGLISH_STREET_WORDS | OTHER_STREET_WORDS) + STREET_ENDINGS
pieces = (
    st.sampled_from(PRIVATE)
    | st.sampled_from(PHRASES)
    | st.sampled_from(PHRASES).map(str.upper)
    | st.sampled_from(WORDS)
    | st.sampled_from(WORDS).map(str.title)
    | st.integers(0, 10**12).map(str)
    | st.text(max_size=4)
    | st.sampled_from(["it’s", "don't", "'the", "the'", "😀", "\u00a0", "\u2003", "—", "İ", "_", "#", "@", "1,5"])
)
joints = st.sampled_from([" ", " ", " ", "", ", ", "\n", "'", "’"])
texts = st.lists(st.tuples(pieces, joints), max_size=30).map(lambda parts: "".join(map("".join, parts)))


@settings(max_examples=400, deadline=None)
@given(st.lists(texts, max_size=4))
@example(["the and " * 30, "x" * (LOOKED_AT - 6) + " the when", "x" * (LOOKED_AT - 5) + " their and"])
@example(["x" * (MAX_CHARACTERS - 3) + " fire", " " * MAX_CHARACTERS + "a@b.example"])
def test_a_glance_sees_what_the_rules_find(batch: list[str]) -> None:
    seen = glance(batch)
    for text, bits, english, private in zip(
        batch, seen.cues.tolist(), seen.english, seen.private.tolist(), strict=True
    ):
        if bits >= 0:
            assert cues_of(bits) == set(cues(text[:MAX_CHARACTERS]))
        words = text[:LOOKED_AT].lower().replace("’", "'").split()
        if english != UNKNOWN:
            assert english == (YES if len(ENGLISH_ALONE.intersection(words)) >= ENGLISH_FROM else NO)
        assert pii.find(text, kinds=kinds_of(private)) == pii.find(text)


def test_plain_text_is_settled_at_a_glance() -> None:
    seen = glance(["The charger caught fire 🔥 and you don’t answer…", "See you on Monday"])
    assert [cues_of(bits) for bits in seen.cues.tolist()] == [{"danger"}, set()]
    assert seen.english.tolist() == [YES, NO]
    assert seen.private.tolist() == [0, 0]


def test_harmless_signs_are_neither_letters_nor_digits_nor_space_whatever_the_case() -> None:
    for code in range(0x80, 0x110000):
        sign = chr(code)
        if harmless(code):
            assert not (sign.isalnum() or sign.isspace())
            assert sign.lower() == sign
        elif latin(code):
            assert not (sign.isdigit() or sign.isspace() or sign.lower().isascii() or sign.upper().isascii())
