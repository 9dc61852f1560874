"""Whether a promise waits for the customer: "send us your number and we'll look", "if you'd like, I'll call"."""

from __future__ import annotations

import re
from typing import Final

from goodword.promises.rules.word_classes import any_of

_GIVE: Final = any_of(
    *("dm", "pm", "send", "share", "let (?:us|me) know", "message", "contact", "give", "provide", "tell", "reply"),
    *("confirm", "write", "open", "submit", "reach (?:out|us)", "e-?mail", "call", "ring", "drop", "pop", "follow"),
    *("report", "file", "click", "fill", "visit", "post", "text", "ping", "shoot", "attach", "upload", "answer"),
    *("respond", "forward", "advise", "supply", "include", "get in touch", "show", "leave", "head", "choose", "pick"),
    *("use", "return", "bring", "keep us", "try", "check", "restart", "add", "fax", "specify"),
)
"""What customers are asked to do."""
_PLEASE: Final = any_of("please", "pls", "plz", "kindly", "just")
_REQUEST = re.compile(
    any_of(
        rf"(?:(?:^|[,;:.!?)\n–-] |\b(?:{_PLEASE}|and|or|then|@\w{{1,30}}|so|here) )"
        rf"(?:{_PLEASE} |feel free to |also ){{0,3}}{_GIVE}\b)",
        r"\b(?:can|could|would|will|may|might) (?:you|u|we|i)\b(?: please| pls)?(?! (?:imagine|believe))",
        rf"\byou can (?:always |also |then )?(?:{_GIVE}|request|appeal|apply)\b",
        r"\bwould you mind\b",
        r"\bmind (?:sending|sharing|telling|giving)",
        r"\bneed (?:you to|your|more|some|a few|the)\b",
    ),
    re.IGNORECASE,
)
_NO_REQUEST = re.compile(
    rf"\b{_PLEASE} "
    + any_of(
        *("accept", "know", "hang", "bear", "rest", "be", "note", "continue", "enjoy", "don['’]t", "do not", "stay"),
        *("allow", "understand", "take care"),
    )
    + r"\b|\bgive us (?:until|time|some|a)\b",
    re.IGNORECASE,
)
"""Asking for patience asks for nothing that a promise could wait for."""
_QUESTION = re.compile(
    r"\b(?:what(?:['’]s| is| are| was)|which|when|where|do you|did you|have you|are you|is (?:it|this|there|your)|"
    r"does)\b[^.!\n]{1,200}\?",
    re.IGNORECASE,
)
_OPENS_QUESTION = re.compile(r"(?:^|[.!,] )(?:what|which|where|can|could|do|did|have|are|is)\b", re.IGNORECASE)
_WISH: Final = any_of("like", "want", "wish", "prefer", "need", "rather", "say", "ask", "agree", "let")
_GIVEN: Final = any_of("sent", "given", "shared", "told", "found", "done", "tried")
_HELPERS: Final = any_of(
    "can", "could", "would", "are able to", "have", "just", "ever", "still", "do", "will", "please"
)
_YOU: Final = r"(?:you|u)(?:['’](?:d|ll|ve|re))?"
_IF_YOU = re.compile(
    any_of(
        rf"\b(?:if|once|when|after|as soon as|whenever|should) {_YOU}(?: {_HELPERS}){{0,3}}(?: to)? "
        rf"(?:{_GIVE}|{_WISH}|{_GIVEN})\b",
        r"\b(?:once|when|after|as soon as) we (?:have|get|receive|hear) (?:back )?(?:from )?(?:you|your|that)\b",
        r"\bif (?:that|this) (?:doesn['’]t|works|suits)",
        *(r"\b(?:as|so) long as\b", r"\bprovided\b"),
    ),
    re.IGNORECASE,
)
_IF_HAPPENS = re.compile(
    r"\bif (?:you|u) (?:miss|missed|don['’]t|didn['’]t|haven['’]t|lost|were|experience|bought|paid)\b", re.IGNORECASE
)
"""A case that may come, and nothing for the customer to do."""


def opens_question(before: str) -> bool:
    """Whether what stands before a promise, in the same sentence, is a question: "what's your number, we'll check"."""
    return _OPENS_QUESTION.search(before) is not None


def asks(text: str) -> bool:
    """Whether some words ask the customer for something."""
    return _QUESTION.search(text) is not None or _REQUEST.search(_NO_REQUEST.sub(" ", text)) is not None


def waits_for_you(before: str, span_and_after: str) -> bool:
    """Whether an "if you …" of the sentence, before, within or after the promise, makes it wait for the customer."""
    if _IF_HAPPENS.search(before):
        return False
    return _IF_YOU.search(before) is not None or _IF_YOU.search(span_and_after) is not None
