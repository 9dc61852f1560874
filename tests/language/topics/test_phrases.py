"""Words, phrases, names and typical posts."""

from hypothesis import given
from hypothesis import strategies as st

from goodword.language.topics import typical_posts
from goodword.language.topics.background import Background
from goodword.language.topics.naming import as_written
from goodword.language.topics.phrases import joined, phrases_of, tells, words_of
from goodword.language.topics.usual import SELDOM, usual_share

LATE = ["my parcel is late again", "why is every parcel late", "parcel late, nobody answers", "the parcel came late"]
OTHER = ["lovely coffee this morning", "my password is not taken", "where is the nearest shop", "thanks for the help"]


def test_a_phrase_neither_begins_nor_ends_with_a_function_word() -> None:
    assert phrases_of(words_of("The state of the ticket gates")) == {"state", "ticket", "gates", "ticket gates"}
    assert "ticket to harbour" in phrases_of(words_of("no ticket to Harbour"))


@given(st.text(max_size=300))
def test_phrases_are_runs_of_the_text_s_words(text: str) -> None:
    words = words_of(text)
    line = f" {' '.join(words)} "
    for phrase in phrases_of(words):
        assert f" {phrase} " in line
        assert tells(phrase.split()[0])
        assert tells(phrase.split()[-1])


def test_a_script_without_spaces_is_read_in_pairs() -> None:
    assert words_of("配送が遅い") == ["配送", "送が", "が遅", "遅い"]


def test_pairs_run_into_each_other_again() -> None:
    assert joined("配送 送が") == "配送が"
    assert joined("ticket gates") == "ticket gates"


def test_a_phrase_is_written_as_most_people_write_it() -> None:
    texts = ["the Ticket Gates again", "TICKET-GATES!", "those Ticket  Gates"]
    assert as_written("ticket gate", {"ticket gates": 3, "ticket gate": 1}, texts) == "Ticket Gates"
    assert as_written("ticket gate", {"ticket gate": 1}, ["nothing of it"]) == "ticket gate"


def test_what_everybody_says_is_usual() -> None:
    assert usual_share("thanks") > 0.01 > usual_share("luggage") >= usual_share("lost luggage")
    assert usual_share("qzxv") == SELDOM


def test_what_was_heard_more_is_less_rare() -> None:
    background = Background()
    for phrases in (["parcel"], ["parcel", "late"], ["coffee"]):
        background.learn(phrases)
    assert background.rarity("parcel") < background.rarity("late") < background.rarity("unheard")
    assert (background.count("parcel"), background.texts) == (2, 3)


def test_typical_posts_say_what_the_others_say() -> None:
    assert set(typical_posts([*LATE, *LATE, "completely different matter"], count=2)) <= set(range(4))


@given(texts=st.lists(st.sampled_from(LATE + OTHER) | st.text(max_size=40), max_size=30), count=st.integers(0, 5))
def test_typical_posts_are_different_posts(texts: list[str], count: int) -> None:
    chosen = typical_posts(texts, count)
    assert len(set(chosen)) == len(chosen) <= count
    assert all(0 <= index < len(texts) for index in chosen)
    assert len({texts[index] for index in chosen}) == len(chosen)
    assert bool(chosen) == bool(texts and count)
