from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.listen.models import Disposition, Sentiment
from goodword.triage.disposition import judge
from goodword.triage.readers import deep_reader, forget_deep_reader, reader
from goodword.triage.reading import Reading

PITCH = "Re: your website is losing customers\nWe guarantee more sales. Shall I send you a free audit?"
PRAISE = Reading(0.02, 0.95, 0.0, 0.02, 0.04, 0.02, 0.3, 0.05, 0.0)


def disposition(reading: Reading, *, private: bool = False, answered: bool = False, risk: int = 0) -> Disposition:
    return judge(reading, private=private, automatic=False, answered=answered, risk=risk).disposition


def test_praise_is_kept_only_where_nothing_else_speaks_for_a_case() -> None:
    assert disposition(PRAISE) == Disposition.PRAISE_KEPT
    assert disposition(PRAISE, private=True) == Disposition.CASE
    assert disposition(PRAISE, answered=True) == Disposition.CASE
    assert disposition(PRAISE, risk=20) == Disposition.CASE


@given(st.sampled_from(["negative", "complaint", "question"]), st.booleans())
def test_any_doubt_about_praise_makes_a_case(name: str, deep: bool) -> None:
    assert disposition(replace(PRAISE, deep=deep, **{name: 0.6})) == Disposition.CASE


def test_the_fast_reader_has_to_be_surer_of_praise_than_the_deep_one() -> None:
    likely = replace(PRAISE, positive=0.6)
    assert disposition(likely) == Disposition.CASE
    assert disposition(replace(likely, deep=True)) == Disposition.PRAISE_KEPT


@pytest.mark.parametrize(
    "text", ["Buy followers now, click here https://spam.example", "earn $500 from your sofa", PITCH]
)
def test_spam_is_told_by_its_words_and_the_brands_answer_overrules_them(text: str) -> None:
    (read,) = reader().read([text])
    assert disposition(read) == Disposition.SPAM
    assert disposition(read, answered=True) == Disposition.CASE
    assert read.needs_reply == 0


def test_a_question_about_an_offer_is_no_spam() -> None:
    (read,) = reader().read(["Is the promo code still good?"])
    assert disposition(read) == Disposition.CASE


def test_both_depths_read_trouble_and_thanks_in_several_languages() -> None:
    said = [
        "Worst service ever, you lost my parcel and nobody answers",
        "Thank you so much, wonderful help!",
        "Furchtbarer Service, mein Paket ist weg und niemand antwortet",
    ]
    for each in (reader(), deep_reader()):
        bad, good, german = each.read(said)
        assert (bad.sentiment, good.sentiment) == (Sentiment.NEGATIVE, Sentiment.POSITIVE)
        assert (bad.lang, german.lang) == ("en", "de")
        assert bad.urgency > 1.5 > good.urgency
        assert disposition(good) == Disposition.PRAISE_KEPT


def test_a_forgotten_deep_reader_reads_as_before() -> None:
    before = deep_reader().read(["my parcel is late", "mein Paket ist weg"])
    forget_deep_reader()
    assert deep_reader().read(["my parcel is late", "mein Paket ist weg"]) == before


def test_an_empty_text_reads_as_cannot_tell_and_becomes_a_case() -> None:
    (read,) = reader().read([""])
    assert disposition(read) == Disposition.CASE


def test_where_nothing_is_likely_there_is_no_sentiment() -> None:
    assert replace(PRAISE, negative=0.33, positive=0.33).sentiment is None
    assert replace(PRAISE, negative=0.05, positive=0.05).sentiment == Sentiment.NEUTRAL
