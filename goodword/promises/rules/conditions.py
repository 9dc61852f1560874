"""Whether a promise waits for the customer: "send us your number and we'll look", "if you'd like, I'll call"."""

from __future__ import annotations

import re
from typing import Final

_GIVE: Final = (
    r"(?:dm|pm|send|share|let us know|let me know|message|contact|give|provide|tell|reply|confirm|"
    r"write|open|submit|reach out|reach us|"
    r"e-?mail|call|ring|drop|pop|follow|report|file|click|fill|visit|post|text|ping|shoot|attach|"
    r"upload|answer|respond|forward|"
    r"advise|supply|include|get in touch|show|leave|head|choose|pick|use|return|bring|keep us|try|"
    r"check|restart|add|fax|specify)"
)
_REQUEST = re.compile(
    rf"(?:^|[,;:.!?)\n–-] |\b(?:please|pls|plz|kindly|just|and|or|then|@\w{{1,30}}|so|here) "
    rf")(?:please |pls |plz |kindly |just |feel free to |also )*{_GIVE}\b"
    r"|\b(?:can|could|would|will|may|might) (?:you|u|we|i)\b(?: please| pls)?(?! (?:imagine|believe))"
    rf"|\byou can (?:always |also |then )?(?:{_GIVE}|request|appeal|apply)\b"
    r"|\bwould you mind\b|\bmind (?:sending|sharing|telling|giving)"
    r"|\bneed (?:you to|your|more|some|a few|the)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:what(?:['’]s| is| are| was)|which|when|where|do you|did you|have you|are you|is (?:it|"
    r"this|there|your)|does)\b"
    r"[^.!\n]{1,200}\?",
    re.IGNORECASE,
)
_IF_YOU = re.compile(
    rf"\b(?:if|once|when|after|as soon as|as long as|whenever|provided|should) (?:you|u|we have your|"
    rf"we get your|we hear from you)"
    rf"(?:['’](?:d|ll|ve|re))?(?: (?:can|could|would|are able to|have|just|ever|still|want|wish|need|"
    rf"prefer|do|will|don['’]t mind))*"
    rf"(?: to)?(?: {_GIVE}| like| want| wish| prefer| need| rather| sent| given| shared| told| found|"
    rf" done| tried| say| ask| agree| let)\b"
    r"|\b(?:once|when|after|as soon as) we (?:have|get|receive|hear) (?:back )?(?:from )?(?:you|your|"
    r"that)\b|\bif (?:that|this) (?:doesn['’]t|works|suits)|\b(?:as|so) long as\b|\bprovided\b",
    re.IGNORECASE,
)
_IF_HAPPENS = re.compile(
    r"\bif (?:you|u) (?:miss|missed|don['’]t|didn['’]t|haven['’]t|lost|were|experience|bought|paid)\b", re.IGNORECASE
)
_NO_REQUEST = re.compile(
    r"\b(?:please|pls|kindly)\s+(?:accept|know|hang|bear|rest|be|note|continue|enjoy|don['’]t|do not|"
    r"stay|allow|understand|take care|give us (?:until|time|some|a))\b|\bgive us (?:until|time|some|a)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    rf"\b(?:if|once|when|after|as soon as) (?:you|u)\b(?:['’](?:d|ll|ve|re))? ?(?:can |could |have |"
    rf"just |would |please )*(?:{_GIVE}|like|want|wish|prefer|need|say|ask)",
    re.IGNORECASE,
)


_OPENS_QUESTION = re.compile(r"(?:^|[.!,] )(?:what|which|where|can|could|do|did|have|are|is)\b", re.IGNORECASE)


def opens_question(before: str) -> bool:
    """Whether what stands before a promise, in the same sentence, is a question: "what's your number, we'll check"."""
    return _OPENS_QUESTION.search(before) is not None


def asks(text: str) -> bool:
    """Whether some words ask the customer for something."""
    if _NO_REQUEST.search(text) and not _QUESTION.search(text):
        rest = _NO_REQUEST.sub(" ", text)
        return _REQUEST.search(rest) is not None
    return _REQUEST.search(text) is not None or _QUESTION.search(text) is not None


def waits_for_you(before: str, span: str, after: str) -> bool:
    """Whether an "if you …" of the sentence, before, within or after the promise, makes it wait for the customer."""
    if _IF_HAPPENS.search(before):
        return False
    return _IF_YOU.search(before) is not None or _AFTERWARDS.search(f"{span} {after}") is not None
