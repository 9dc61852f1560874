"""How a customer takes what the brand wrote: kind and specific, or brushed off. A plain heuristic for the demo."""

from __future__ import annotations

import re
from enum import StrEnum

from goodword.connectors.contract import Purpose


class Tone(StrEnum):
    """What a message of the brand is to the customer."""

    HELPFUL = "helpful"
    HOLDING = "holding"  # "we are looking into it": waits, but not for ever
    BRUSH_OFF = "brush-off"
    ASKS_SOLVED = "asks solved"
    ASKS_RATING = "asks rating"
    NOTICE = "notice"


_ASKS_RATING = re.compile(r"\b(rate|rating|out of (5|five)|1\s*(to|-|–)\s*5|how well)\b.*\?", re.I | re.S)
_ASKS_SOLVED = re.compile(r"\b(solved|resolved|sorted|settled|fixed|working again)\b[^?]{0,80}\?", re.I | re.S)
_HOLDING = re.compile(
    r"\b(look(ing)? into|check(ing)? (with|this|that|it)|let me check|get back to|come back to you|passed (it|this) on"
    r"|forwarded|investigat\w+)\b",
    re.I,
)
_BRUSH_OFF = re.compile(
    r"any inconvenience|thank you for contacting|valued customer|per our (policy|terms)|nothing we can do"
    r"|check (the|your) (tracking|faq|website)|(please|kindly) (refer to|visit|contact|dm|fill|check|try again)"
    r"|up to \w+ (working|business) days|have you tried|clear (your )?(cache|cookies)|as (stated|mentioned)|noted\b"
    r"|not (our|my) (fault|responsibility|department)",
    re.I,
)
_DONE = re.compile(
    r"\b(I|we)(['’]ve| have|['’]ll| will| am| are)\b|\bby (mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(refunded|replaced|replacement|sent|booked|shipped|cancelled|changed|added|fixed|credited|call(ed)? you"
    r"|here is|here are|attached|today|tomorrow|tonight)\b"
    r"|\b(ich|wir) (habe|haben|werde|werden)\b|\b(nous|j['’]ai)\b|\b(hemos|he)\b|\b(abbiamo|ho)\b",
    re.I,
)
_SUBSTANTIAL = 80  # characters; less than this, with nothing done, is only a sign of life


def tone(text: str, purpose: Purpose = Purpose.REPLY) -> Tone:
    """How the customer reads it. The purpose is trusted; without one the words decide."""
    if purpose is Purpose.NOTICE:
        return Tone.NOTICE
    if purpose is Purpose.SURVEY or _ASKS_RATING.search(text):
        return Tone.ASKS_RATING
    if purpose is Purpose.RESOLUTION or _ASKS_SOLVED.search(text):
        return Tone.ASKS_SOLVED
    if _BRUSH_OFF.search(text):
        return Tone.BRUSH_OFF
    if _HOLDING.search(text):
        return Tone.HOLDING
    if _DONE.search(text) or len(text) >= _SUBSTANTIAL:
        return Tone.HELPFUL
    return Tone.HOLDING
