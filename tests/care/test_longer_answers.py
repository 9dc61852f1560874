"""What longer messages say: a yes or no to our question, and thanks that ask for nothing."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.care.answer_words import PHRASES, Meaning
from goodword.care.answers import read_answer
from goodword.care.longer_answers import is_thanks, read_asked
from goodword.triage.readers import reader
from goodword.triage.reading import Reading

CALM = Reading(
    negative=0.1, positive=0.6, anger=0, complaint=0.05, question=0.05, spam=0, needs_reply=0.1, urgency=0, severity=0
)
CONFIRMS = """
Yes, it is. The doctor found the cause, and you paid for the visit without being asked. Thank you.
Yes. That was quick in the end! | Hi Ana, yes, it works. The driver was very kind. | It works now. My son is happy!
Ja, es ist erledigt. Der Monteur war gestern da und sehr nett. | Ja. Das ging am Ende schnell!
Oui, c'est réglé. Le livreur est passé ce matin. | Sí, solucionado. El paquete está en casa.
Sim, resolvido. A mala chegou ontem. | Sì, tutto risolto. Il pacco è qui. | Ja, opgelost. Het pakje is binnen.
"""
DISPUTES = """
No. Nobody has told me yet whether it is safe. | No, the parcel went to my neighbour's old address.
No. When will it come? | Nein. Bei mir hat sich nichts geändert. | Non. Le colis est parti à Lyon.
No, el paquete llegó vacío. | Não. O valor continua lá.
"""
UNCLEAR = """
Yes, and now the invoice is wrong. | Yes. Now the lid is cracked and the handle came off.
Yes, please send the invoice.
Yes, after three weeks of lies. Never again. | Yes, great, another week of waiting. Thank you so much.
Yes. I want my money back. | Ja. Jetzt ist die Rechnung falsch. | Oui. La facture est fausse maintenant.
Ja, aber die Rechnung ist falsch. | Yes, it works. Where is the invoice? | Yes, it works. But the invoice is wrong.
No, all is fine. | No, it works now. The driver came. | Evet. Fatura gelmedi. | The lamp burns. Yes.
"""
THANKS = """
Oh good, thanks for the clear answer! | Thanks for looking into it so properly. | Vielen Dank, das hilft mir weiter!
Thank you, that helps. I'll let you know how it goes. | Thanks, looking forward to it!
Merci beaucoup, c'est très clair !
Danke, ich freue mich auf das Paket. | Thank you, I'll wait for your call. | ¡Muchas gracias, me ayuda mucho!
"""
WAITS = """
Thanks, but it still fails. | Thanks for nothing. | Thanks. When will it come? | Thanks for the wrong size again.
Thank you. Please send the invoice to my new address. | Thanks for losing my parcel. | Thanks, I need the invoice too.
Thanks for ignoring me for three weeks! | Danke für die kaputte Lampe. | Thanks, the lamp is burning.
Thanks, my new address is 5 Mill Lane. | Danke, wann kommt es | That helps.
"""


def lines(block: str) -> list[str]:
    return [text.strip() for text in block.replace("\n", "|").split("|") if text.strip()]


def asked(text: str) -> str:
    [reading] = reader().read([text])
    answer = read_asked(text, reading)
    return str(answer.verdict) if answer else ""


def thanked(text: str) -> bool:
    [reading] = reader().read([text])
    return is_thanks(text, reading)


@pytest.mark.parametrize("text", lines(CONFIRMS))
def test_a_yes_at_the_beginning_answers_the_question(text: str) -> None:
    assert asked(text) == "confirms"


@pytest.mark.parametrize("text", lines(DISPUTES))
def test_a_no_at_the_beginning_answers_it_too(text: str) -> None:
    assert asked(text) == "disputes"


@pytest.mark.parametrize("text", lines(UNCLEAR))
def test_what_says_more_than_yes_is_read_by_people(text: str) -> None:
    assert asked(text) == ""


@pytest.mark.parametrize("text", [*lines(CONFIRMS)[:2], *lines(DISPUTES)[:1]])
def test_unasked_it_stays_strict(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize("text", lines(THANKS))
def test_thanks_with_kind_words_ask_for_nothing(text: str) -> None:
    assert thanked(text)


@pytest.mark.parametrize("text", lines(WAITS))
def test_thanks_with_anything_else_make_them_wait(text: str) -> None:
    assert not thanked(text)


_AGAINST = sorted(phrase for phrase, said in PHRASES.items() if said in {Meaning.BUT, Meaning.SOUR, Meaning.UNSOLVED})
_GOOD = [text.rstrip(".!") for text in lines(CONFIRMS + THANKS)]


@given(st.sampled_from(_GOOD), st.sampled_from([". ", ", ", "\n", "! "]), st.sampled_from([*_AGAINST, "who knows?"]))
def test_what_takes_it_back_never_confirms_and_never_only_thanks(kind: str, between: str, against: str) -> None:
    text = f"{kind}{between}{against}"
    answer = read_asked(text, CALM)
    assert answer is None or not answer.confirms
    assert not is_thanks(text, CALM)


@given(st.sampled_from(_GOOD), st.sampled_from([0.7, 1.0]))
def test_what_reads_as_a_complaint_never_confirms(kind: str, complaint: float) -> None:
    text = f"{kind}. The lid came off"
    reading = Reading(**{**CALM.as_json(), "complaint": complaint})
    answer = read_asked(text, reading)
    assert answer is None or not answer.confirms
    assert not is_thanks(text, reading)


def _script() -> list[tuple[str, str]]:
    """What the simulated customers answer: (kind, words)."""
    found: list[tuple[str, str]] = []
    for file in (resources.files("goodword.connectors.simulator") / "week").iterdir():
        if file.name.endswith(".toml"):
            written = tomllib.loads(file.read_text(encoding="utf-8"))
            for table in [*written.get("story", []), *(each for each in written.values() if isinstance(each, dict))]:
                for kind in ("thanks", "confirm", "dispute"):
                    said = table.get(kind, [])
                    found += [(kind, text) for text in ([said] if isinstance(said, str) else said)]
    return found


def test_the_simulated_customers_are_understood() -> None:
    script = _script()
    assert {kind for kind, _ in script} == {"thanks", "confirm", "dispute"}
    assert len(script) > 40
    verdicts = {"confirm": "confirms", "dispute": "disputes"}
    assert not [
        text for kind, text in script if not (thanked(text) if kind == "thanks" else asked(text) == verdicts[kind])
    ]
