from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.reading.normalise import MAX_CHARACTERS, normalise, spell_out


def test_people_and_links_become_one_word_each() -> None:
    assert normalise("@Harbour_Care  see https://x.example/a?b=1 &amp; pic.twitter.com/abc") == "@user see http & http"


def test_stretched_words_are_evened_out() -> None:
    assert normalise("sooooooo goooood") == "sooo goood"


def test_emoji_are_named_and_runs_of_one_named_once() -> None:
    assert spell_out("why 😡😡 now") == "why pouting now"


def test_hashtags_are_taken_apart() -> None:
    assert spell_out("#ServiceWithASmile") == "# Service With ASmile"


@given(st.text(max_size=300))
def test_twice_is_like_once_where_no_markup_is(text: str) -> None:
    plain = text.replace("&", "")
    once = normalise(plain)
    assert normalise(once) == once
    assert len(once) <= MAX_CHARACTERS + plain.count("@") * 5


@given(st.text(max_size=300))
def test_spelling_out_leaves_no_emoji(text: str) -> None:
    assert not any(0x1F300 <= ord(character) <= 0x1FAFF for character in spell_out(text))
