"""How people blame and excuse themselves, by the shapes of their sentences, and what only looks like it."""

from __future__ import annotations

import pytest

from goodword.honesty.rules import check, check_words

BLAME = [
    "You could have told us about the dog when you made the booking.",
    "You ought to have packed the vase better.",
    "If you had only rung the bell, somebody would have opened.",
    "Had you saved the file, it would still be there.",
    "It would have helped if you had given us the flat number.",
    "This happened because you entered last year's password.",
    "The refund stopped since you closed the account.",
    "You never confirmed the appointment.",
    "You didn't follow the steps in the mail.",
    "You refused to sign for it.",
    "You ignored our letters.",
    "The wrong postcode was entered at the checkout.",
    "You gave us an old phone number.",
    "You typed the address incorrectly.",
    "The form was not filled in correctly.",
    "The instructions were not followed.",
    "This is entirely your own doing.",
    "That one is on you.",
    "It was the neighbour's mistake.",
    "It isn't our responsibility.",
    "That has nothing to do with us.",
    "The fault lies with your router.",
    "You are responsible for the parcel from then on.",
    "Passengers are responsible for their documents.",
    "It was the courier who left it in the rain.",
    "Please take this up with the manufacturer.",
    "You'd better complain to them.",
    "The label says clearly that it must be washed by hand.",
    "It is clearly written on the box.",
    "You were warned about the fee at the booking.",
    "We did remind you twice.",
    "You agreed to the terms.",
    "Next time, please check the size before you order.",
    "In future, make sure you read the small print.",
    "Did you even plug it in?",
    "Maybe try reading the manual.",
    "Well done for losing the receipt.",
    "Nobody forced you to buy the cheap one.",
    "You must have deleted it.",
    "You obviously misread the offer.",
    "Most other customers manage without help.",
    "You are the only one with this problem.",
    "Sie hätten das vorher prüfen müssen.",
    "Das ist Ihre eigene Schuld.",
    "Das liegt nicht an uns.",
    "Sie haben die falsche Adresse angegeben.",
    "Das steht doch deutlich in der Anleitung.",
    "Vous auriez dû lire les conditions.",
    "C'est de votre faute.",
    "Vous n'avez pas suivi les instructions.",
    "Debería haber leído las condiciones.",
    "Eso es culpa suya.",
    "La próxima vez, revise su pedido.",
]
EXCUSE = [
    "We are very busy at the moment.",
    "Our team is short-staffed this week.",
    "We get thousands of messages a day.",
    "Because of the holiday season everything takes longer.",
    "It happens to the best of us.",
    "This can happen from time to time.",
    "Nobody is perfect.",
    "It was only a short delay.",
    "It's just a small scratch.",
    "A few days' wait is perfectly normal.",
    "Some noise is to be expected.",
    "It is not a big deal.",
    "It could have been worse.",
    "Other shops are slower still.",
    "Our system doesn't allow refunds after a month.",
    "The computer won't let me change it.",
    "Rules are rules.",
    "Under our terms no refund is due.",
    "We have to follow the procedure.",
    "I don't make the rules.",
    "It is out of our hands.",
    "That was beyond our control.",
    "This isn't my department.",
    "We make no exceptions.",
    "There was nothing we could do.",
    "Wegen des hohen Anfrageaufkommens dauert es länger.",
    "So etwas kommt vor.",
    "Da können wir leider nichts machen.",
    "Uns sind die Hände gebunden.",
    "Laut unseren Richtlinien geht das nicht.",
    "En raison d'un fort volume d'appels, nous avons du retard.",
    "Ce sont des choses qui arrivent.",
    "Nous ne pouvons rien faire.",
    "Debido al alto volumen de llamadas, tardamos más.",
    "Son cosas que pasan.",
    "No podemos hacer nada.",
]
NEITHER = [
    "We did not say it's your fault.",
    "Nobody thinks that you should have known.",
    "I'm not saying you forgot to cancel, the fault was ours.",
    "It wasn't your fault.",
    "You shouldn't have had to ask twice.",
    "You should have received a mail by now.",
    "You should have been told, and I'm sorry.",
    "You must have been worried.",
    "If you didn't receive the code, tell me.",
    "If you did not enter the code yet, it still works.",
    "Because you told us at once, we could stop it.",
    "Since you asked, here is how it works.",
    "You did everything right.",
    "You didn't do anything wrong.",
    "I'm sorry you missed your train.",
    "The wrong size was sent by our warehouse.",
    "Our driver went to the wrong door, and that is on us.",
    "It was our mistake, not the courier's.",
    "I have taken this up with the courier for you.",
    "We are responsible for this.",
    "You are the first to tell us, thank you.",
    "It is only fair that we pay for it.",
    "We only have your old address, may I have the new one in a private message?",
    "There is no excuse for it.",
    "That we were busy is no excuse.",
    "It's not normal, and it will be looked at today.",
    "This should not happen, and it won't be left like this.",
    "I can make an exception for you.",
    "According to our refund policy you have two weeks.",
    "The bus is late because of heavy traffic on the bridge.",
    "I've found something we can do.",
    "Das ist nicht Ihre Schuld.",
    "Das war unser Fehler.",
    "Wir hätten das prüfen müssen.",
    "Ce n'est pas de votre faute.",
    "Nous aurions dû vous prévenir.",
    "No es culpa suya.",
    "Deberíamos haberle avisado.",
]


def flags(text: str) -> set[str]:
    """What usual words tell, without a model."""
    return {found.flag for found in check_words([(text, False)])[0]}


@pytest.mark.parametrize("text", BLAME)
def test_blame_is_seen(text: str) -> None:
    assert "blame" in flags(text)


@pytest.mark.parametrize("text", EXCUSE)
def test_an_excuse_is_seen(text: str) -> None:
    assert "excuse" in flags(text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_denies_it_or_takes_it_on_is_neither(text: str) -> None:
    assert flags(text) & {"blame", "excuse"} == set()


def test_nor_do_the_models_take_a_denial_for_blame() -> None:
    found = check([(text, False) for text in NEITHER])
    assert [
        (text, each.flag) for text, some in zip(NEITHER, found, strict=True) for each in some if each.flag == "blame"
    ] == []
