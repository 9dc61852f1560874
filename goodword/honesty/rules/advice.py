"""Why each rule matters, and what to write instead: sentences to be translated by whoever shows them."""

from __future__ import annotations

import re
from typing import Final

from goodword.honesty.rules.finding import GOOD, Finding
from goodword.language import pii


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation, without this room knowing of any language."""
    return message


_WHY: Final = {
    "blame": gettext_noop("It puts the fault on the customer or on someone else; whoever came to us wants it solved."),
    "excuse": gettext_noop("It explains the trouble away or makes it small; that helps the customer with nothing."),
    "overpromise": gettext_noop("It guarantees what isn't in our hands; if it fails, our word is broken too."),
    "sell": gettext_noop("It sells to someone who came for help."),
    "cold": gettext_noop("It has no word for the customer's trouble, and reads like being sent away."),
    GOOD: gettext_noop("It says sorry and means it."),
}
_BETTER: Final = {
    "blame": gettext_noop("I'm sorry this happened. Here is what we'll do about it, and by when: …"),
    "excuse": gettext_noop("That isn't good enough, and I'm sorry. Here is what we'll do about it: …"),
    "overpromise": gettext_noop("I can't promise how it ends. What I will do is …, by …"),
    "sell": gettext_noop("(Leave this out until the customer says it is solved.)"),
    "cold": gettext_noop("I'm sorry about this. I've looked at what happened, and here is what I can do: …"),
}
_PRIVATE_ASKED: Final = gettext_noop("It asks for private data where everyone can read the answer.")
_PRIVATE_TOLD: Final = gettext_noop("It tells everyone what only the customer should know.")
_OF_ANOTHER: Final = gettext_noop("This is somebody else's: whoever reads it has no right to it.")
_ASK_APART: Final = gettext_noop("Please send us this in a private message, not here.")
_TELL_APART: Final = gettext_noop("We've sent you the details in a private message.")
_ABOUT_RULES = re.compile(r"\b(?:polic|terms|rule|clause|condition|contract|system|process|allow)", re.IGNORECASE)
_RULE_BETTER: Final = gettext_noop("I know the rule doesn't help you. What I can do for you is …")
_ABOUT_LOAD = re.compile(r"\b(?:volume|demand|busy|busiest|peak|queue|short of|staff|team|season)", re.IGNORECASE)
_LOAD_BETTER: Final = gettext_noop("You've waited too long, and that is ours to put right. …")


def finding(flag: str, span: str) -> Finding:
    """What is said of a rule that some words break."""
    better = _BETTER.get(flag)
    if flag == "excuse":
        better = _RULE_BETTER if _ABOUT_RULES.search(span) else _LOAD_BETTER if _ABOUT_LOAD.search(span) else better
    return Finding(flag, span, _WHY[flag], better)


def asked_in_public(span: str) -> Finding:
    """Of words that ask for private data in public."""
    return Finding("private", span, _PRIVATE_ASKED, _ASK_APART)


def told_in_public(span: str) -> Finding:
    """Of words that give private data away in public: the same words with it masked, where it can be told apart."""
    masked = pii.mask(span)
    return Finding("private", span, _PRIVATE_TOLD, masked if masked != span else _TELL_APART)


def told_of_another(span: str) -> Finding:
    """Of words that tell one customer the number or the address of another person."""
    masked = pii.mask(span)
    return Finding("private", span, _OF_ANOTHER, masked if masked != span else None)
