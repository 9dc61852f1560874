"""The words of a promise that say when it will be met: "by Friday", "within 24 hours", "shortly".

Three kinds: calendar words and clock times, spans of time with a unit, and words that bind it to nothing that can be
looked up ("soon", "as soon as the part arrives"). Neighbours make one: "tomorrow morning by 9".
"""

from __future__ import annotations

import re
from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
NUMBER: Final = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|"
    r"forty-eight|(?:a |the next )?(?:few|couple(?: of)?|several))"
)
UNIT: Final = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnight|months?|seconds?|secs?)"
CLOCK: Final = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b\.?|o['’]clock)|\d{1,2}:\d\d|noon|midday|midnight)"
_DAY_PART: Final = r"(?:morning|lunchtime|afternoon|evening|night)"
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th)"
DATE: Final = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?(?![\d%])|"
    rf"(?:the )?(?:{_NTH}|\d{{1,2}})(?: of)? {MONTH}\b\.?(?:,? \d{{4}})?|"
    rf"{MONTH}\b\.? (?:{_NTH}|\d{{1,2}})\b(?:,? \d{{4}})?|the {_NTH}\b)"
)
_SPAN_OF_TIME: Final = (
    rf"(?:{NUMBER}|the(?: next)?(?: {NUMBER})?)(?: ?(?:-|–|to|or) ?{NUMBER})?(?: more| full| short)? ?"
    rf"(?:(?:working|business|calendar|week) ?)?{UNIT}\b"
)
_PERIOD: Final = r"(?:day|week|weekend|month|quarter|year|hour|shift)"
_DAY: Final = (
    rf"(?:today|tonight|tomorrow(?: {_DAY_PART})?|tmrw|2moro|overnight|"
    rf"(?:this|next|the coming) (?:{_DAY_PART}|{_PERIOD}|{WEEKDAY})\b|"
    rf"(?:the )?{WEEKDAY}\b(?: {_DAY_PART})?(?: (?:next|after next))?|"
    rf"(?:the )?(?:end|close|start|beginning|middle) of (?:the |this |next )?(?:{_PERIOD}|play|"
    rf"business|{WEEKDAY}|{MONTH}|"
    rf"today|tomorrow)\b|eod|cob|eow|the {_PERIOD}(?: is out| ends| of {DATE})?\b)"
)
_FIXED: Final = (
    rf"(?:first thing(?: {_DAY})?|later(?: on)? (?:today|this {_DAY_PART}|this {_PERIOD})|early next {_PERIOD}|"
    rf"(?:by|before|on|at|around|from|until|till|for|no later than|not later than)? ?(?:about |"
    rf"around |at the latest )?"
    rf"(?:{DATE}|(?:early |late |mid-?)?{_DAY}|{CLOCK})|"
    rf"(?:by|in|before|around) (?:early |late |mid-?|the end of )?{MONTH}\b(?: \d{{4}})?|"
    rf"in the week of {DATE}|"
    rf"between (?:{CLOCK}|\d{{1,2}}) and (?:{CLOCK}|\d{{1,2}})|"
    rf"by (?:about |around )?\d{{1,2}}(?![\d%-])(?= *(?:[,.;!?)]|$|with\b|and\b|tonight|today|tomorrow))|"
    rf"at \d{{1,2}}(?![\d%-])(?= *(?:[,.;!?)]|$|tomorrow|today|on\b)))"
)
_LASTING: Final = (
    rf"(?:(?:with)?in|inside|over|after|under|less than|no more than)(?: about| around| under)? {_SPAN_OF_TIME}"
)
_TELL: Final = r"[^.,;!?\n]{1,60}"
_VAGUE: Final = (
    r"(?:(?:just |about |almost )?as (?:soon|quick(?:ly)?|fast|early|swiftly|promptly)(?: and "
    r"(?:safely|smoothly))? as"
    rf"(?: (?:possible|humanly possible|{_TELL}))?|a\.?s\.?a\.?p\b\.?|(?:very |really |real |quite "
    rf")?(?:soon|shortly)\b|momentarily|"
    r"next time|(?:up)?on (?:arrival|landing|delivery|receipt)|promptly|immediately|instantly|right "
    r"(?:away|now)|straight ?away|at once|in no time|in due course|"
    r"(?:in|within|for) (?:just )?(?:a|one) (?:moment|minute|second|sec|bit|jiffy|little while|while|short while)\b|"
    r"at (?:the|your|our) (?:earliest|first) (?:opportunity|convenience)|before (?:long|too long|you know it)|"
    r"in the (?:near |not too distant )?future|(?:with|over) time\b|any (?:minute|moment|time|day) now|later on|"
    r"in the (?:coming|next few|next couple of) (?:minutes|hours|days|weeks|months)|sooner or later|"
    rf"(?:once|when|the (?:moment|minute|second)|right after|whenever) (?=(?:we|i|it|they|the|our|"
    rf"that|this|your|he|she|there)\b){_TELL})"
)
_ONE: Final = rf"(?:{_VAGUE}|{_LASTING}|{_FIXED})"
_DUE = re.compile(rf"(?<![\w’'-]){_ONE}(?:,? (?:at |or )?{_ONE}){{0,3}}(?![\w’'-])", re.IGNORECASE)
_NO_DUE = re.compile(
    r"^(?:from|until|till|after) (?!\d)|^(?:(?:for|from) )?(?:today|tonight|this (?:week|month|year|"
    r"evening|morning|afternoon))['’]s",
    re.IGNORECASE,
)
_NAMES_PAST = re.compile(r"\b(?:since|last|yesterday|ago|previous|flight|your|for|from|of) $", re.IGNORECASE)
_DATES_A_NOUN = re.compile(
    r"\b(?:service|experience|flight|visit|trip|journey|stay|call|chat|order|delay|wait|outage|"
    r"feedback|issues?|problems?|conversation|"
    r"meeting|what happened|troubles?|you|us) (?:today|tonight|this \w+|on \w+day|\w+day)$",
    re.IGNORECASE,
)
_PASSES_ON = re.compile(r"\b(?:recogni[sz]ed|thanked|praised|feedback|kudos|comments|words|thanks)\b", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"\d+[./]\d+")


def find_due(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in text[start:end] the due words stand, or None. The first that is firm, else the first vague one."""
    vague: tuple[int, int] | None = None
    for match in _DUE.finditer(text, start, end):
        if _is_no_due(text, match) or _is_of_past(text, start, match):
            continue
        first = match.start() + len(match[0]) - len(match[0].lstrip())
        place = first, first + len(match[0].strip().rstrip(",;"))
        if not is_vague(match[0]):
            return place
        vague = vague or place
    return vague


def _is_no_due(text: str, match: re.Match[str]) -> bool:
    """Time words that date something else: "today's outage", "your Friday order", "since Monday"."""
    if _NO_DUE.search(match[0].lstrip()) or _ONLY_NUMBER.fullmatch(match[0].strip()):
        return True
    return _NAMES_PAST.search(text, max(0, match.start() - 12), match.start()) is not None or text[
        match.end() : match.end() + 2
    ] in {"'s", "’s"}


def _is_of_past(text: str, start: int, match: re.Match[str]) -> bool:
    """Time words that say when what is passed on took place: "we'll share your thanks for the service today"."""
    act = text[start : match.end()]
    return _DATES_A_NOUN.search(act) is not None and _PASSES_ON.search(act) is not None


_VAGUE_WHOLE = re.compile(rf" *{_VAGUE} *$", re.IGNORECASE)


def is_vague(words: str) -> bool:
    """Whether due words name no time at all."""
    return _VAGUE_WHOLE.match(words) is not None
