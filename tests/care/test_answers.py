"""What short answers mean, and what is not one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.answer_words import PHRASES, Meaning
from goodword.care.answers import LONGEST, Answer, Verdict, read_answer

CONFIRMATIONS = """
yes | Yes! | yes solved thanks | Yes, solved, thanks a lot Maria! | Works now, thank you so much | All good now, cheers
👍 | 👍🏽
It's fixed, you guys are great | @Harbour yes it is, thanks! | Ja, danke! | Ja, funktioniert jetzt. Vielen Dank
Erledigt, danke | Oui, merci | Ça marche, merci beaucoup | Sí, solucionado, muchas gracias | Ya funciona, gracias
Sim, resolvido. Obrigada! | Sì, risolto, grazie | Ja, het werkt weer, bedankt! | Çözüldü, teşekkürler | Działa, dziękuję
Да, всё работает, спасибо | 解決しました。ありがとうございます | Løst, tusen takk | YES
"""
DISPUTES = """
no | No. | No, still broken | Nope | 👎 | It's still not working | Hi Ana, it is still not working! | not fixed
Not yet | No, still broken. I have restarted it five times now and the light stays red, what should I do next?
Nein, geht immer noch nicht | Danke, aber es geht immer noch nicht | Leider nicht | Non, toujours pas | Ça ne marche pas
No, sigue sin funcionar | Todavía no | Não, ainda não | No, non funziona | Nee, werkt nog steeds niet | Nie działa
Hayır, hâlâ çalışmıyor | Нет, не работает | 解決していません | Fungerar inte | thanks but it doesn't work
"""
THANKS = """
thanks, bye | Thanks! | Thank you Maria | ok | Ok, will do, thanks | Danke schön, schönes Wochenende | merci
bonne journée | gracias | obrigado | grazie mille | bedankt, fijne dag | Tack så mycket | спасибо | 🙏
Great, thank you for your help! | Thanks for the clear answer! | Thank you for the explanation, Ana
"""
NEITHER = """
thanks for nothing | no thanks | nein danke | yes but the invoice is wrong | Is it solved? | yes, and where is my refund
problem again | thanks, problem again | yes and no | no, it works now | nothing is working now | hello | it
the problem | Thanks, could you also change my address
yes yesterday I paid twice | I have a different question: my router does not work
4/5 of my order is missing | 3 questions | 10 | 5.5 | 5% | 2 more please | 0 | 6 | 1/2 | 12345 | ? | . | 🤷
5 days and still nothing | solved 2.5 | done 12 | yes v5 | I waited until the 3 | thanks, order 5
"""


def lines(block: str) -> list[str]:
    return [text.strip() for text in block.replace("\n", "|").split("|") if text.strip()]


@pytest.mark.parametrize("text", lines(CONFIRMATIONS))
def test_it_is_solved(text: str) -> None:
    assert read_answer(text) == Answer(Verdict.CONFIRMS)


@pytest.mark.parametrize("text", lines(DISPUTES))
def test_it_is_not_solved(text: str) -> None:
    assert read_answer(text) == Answer(Verdict.DISPUTES)


@pytest.mark.parametrize("text", lines(THANKS))
def test_thanks_and_farewells_ask_for_nothing(text: str) -> None:
    answer = read_answer(text)
    assert answer is not None
    assert answer.thanks_only


@pytest.mark.parametrize("text", lines(NEITHER))
def test_everything_else_is_read_by_people(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize(
    ("text", "rating", "verdict"),
    [
        ("5", 5, None),
        (" 4. ", 4, None),
        ("4/5 great", 4, None),
        ("5 stars", 5, None),
        ("5 Sterne, danke", 5, None),
        ("3 von 5", 3, None),
        ("⭐⭐⭐⭐", 4, None),
        ("★★☆☆☆", 2, None),
        ("５", 5, None),
        ("5 - works now, thank you", 5, Verdict.CONFIRMS),
        ("1, still broken", 1, Verdict.DISPUTES),
        ("Yes, solved, thanks 5", 5, Verdict.CONFIRMS),
        ("Yes, solved. 4/5!", 4, Verdict.CONFIRMS),
        ("Ja, erledigt, danke: 5 Sterne", 5, Verdict.CONFIRMS),
        ("Yes, thank you ⭐⭐⭐⭐⭐", 5, Verdict.CONFIRMS),
        ("Thanks (3)", 3, None),
        ("No, still broken 1", None, Verdict.DISPUTES),
    ],
)
def test_ratings(text: str, rating: int | None, verdict: Verdict | None) -> None:
    assert read_answer(text) == Answer(verdict, rating)


def test_a_mail_is_read_without_what_it_quotes_and_its_signature() -> None:
    mail = "Yes, thanks!\n\nOn Monday, 2 March 2026, Ana Silva wrote:\n> Is it solved for you?\n> not solved"
    assert read_answer(mail) == Answer(Verdict.CONFIRMS)
    assert read_answer("No\n-- \nMara Jones\nHead of Everything") == Answer(Verdict.DISPUTES)


COMPLAINT = (
    "I ordered a kettle on Friday and it arrived with a cracked lid. I wrote to you twice and nobody answered. "
    "Now the refund has gone to a card that I closed last year, and your bot tells me that everything is done."
)


@given(st.sampled_from([*lines(CONFIRMATIONS + THANKS), "5", "4/5 great"]), st.sampled_from([" ", "\n", ". ", ", "]))
def test_a_new_complaint_after_kind_words_is_no_answer(kind: str, between: str) -> None:
    answer = read_answer(f"{kind}{between}{COMPLAINT}")
    assert answer is None or answer.disputes


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    answer = read_answer(text)
    assert answer is None or answer.verdict is not None or answer.rating is not None


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=30))
def test_an_unknown_word_makes_a_confirmation_something_to_read(word: str) -> None:
    if word.casefold() not in " ".join(PHRASES).split() and word.isascii():
        assert read_answer(f"yes solved {word}") is None


@given(st.lists(st.sampled_from(sorted(PHRASES)), min_size=LONGEST + 1))
def test_a_long_message_never_confirms(phrases: list[str]) -> None:
    answer = read_answer(" ".join(phrases))
    assert answer is None or answer.disputes


@given(
    st.sampled_from([text for text in lines(CONFIRMATIONS + DISPUTES) if text.isascii()]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", " ", "!", "\n", "...", " 😊"]),
)
def test_capitals_and_punctuation_change_nothing(text: str, change: object, end: str) -> None:
    assert callable(change)
    plain = text.replace("Maria", "").replace("Ana", "")
    assert read_answer(change(plain) + end) == read_answer(plain)


def test_no_phrase_of_doubt_is_listed_as_solved() -> None:
    negations = {"not", "nicht", "pas", "niet", "inte", "ikke", "nie", "не", "still", "immer"}
    solved = [phrase for phrase, meaning in PHRASES.items() if meaning is Meaning.SOLVED]
    assert not [phrase for phrase in solved if negations & set(phrase.split())]
