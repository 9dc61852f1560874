"""The words of a promise that say when it will be met: "by Friday", "within 24 hours", "shortly".

Three kinds: calendar words and clock times, spans of time with a unit, and words that bind it to nothing that can be
looked up ("soon", "as soon as the part arrives"). Neighbours make one: "tomorrow morning by 9".
"""

from __future__ import annotations

import re
from typing import Final

from goodword.promises.rules.word_classes import any_of

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
MONTH: Final = any_of(
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"),
    *("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
NUMBER: Final = any_of(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)(?: and a half)?",
    *(
        "half an?",
        "(?:one|two|three|four|five|six) and a half",
        "an?",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
    ),
    *("twelve", "fourteen", "fifteen", "twenty", "thirty", "forty-eight"),
    "(?:a |the next )?(?:few|couple(?: of)?|several)",
)
UNIT: Final = any_of(
    *("minutes?", "mins?", "hours?", "hrs?", "days?", "weeks?", "wks?", "fortnight", "months?", "seconds?", "secs?")
)
CLOCK: Final = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b\.?|o['’]clock)|\d{1,2}:\d\d|noon|midday|midnight)"
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th)"
DATE: Final = any_of(
    r"\d{4}-\d\d-\d\d",
    r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\d%])",
    rf"(?:the )?(?:{_NTH}|\d{{1,2}})(?: of)? {MONTH}\b\.?(?:,? \d{{4}})?",
    rf"{MONTH}\b\.? (?:{_NTH}|\d{{1,2}})\b(?:,? \d{{4}})?",
    rf"the {_NTH}\b",
)
_RANGE: Final = rf"(?:{NUMBER}|the(?: next)?(?: {NUMBER})?)(?: ?(?:-|–|to|or) ?{NUMBER})?"
_LASTING: Final = (
    r"(?:(?:with)?in|inside|over|after|under|less than|no more than)(?: about| around| under)? "
    rf"{_RANGE}(?: more| full| short)? ?(?:(?:working|business|calendar|week) ?)?{UNIT}\b"
)
_PART: Final = any_of("morning", "lunchtime", "afternoon", "evening", "night")
_PERIOD: Final = any_of("day", "week", "weekend", "month", "quarter", "year", "hour", "shift")
_DAY: Final = any_of(
    *("today", "tonight", rf"tomorrow(?: {_PART})?", "tmrw", "2moro", "overnight", "eod", "cob", "eow"),
    rf"(?:this|next|the coming) (?:{_PART}|{_PERIOD}|{WEEKDAY})\b",
    rf"(?:the )?{WEEKDAY}\b(?: {_PART})?(?: (?:next|after next))?",
    r"(?:the )?(?:end|close|start|beginning|middle) of (?:the |this |next )?"
    rf"(?:{_PERIOD}|play|business|{WEEKDAY}|{MONTH}|today|tomorrow)\b",
    rf"the {_PERIOD}(?: is out| ends| of {DATE})?\b",
)
_BEFORE_A_DAY: Final = any_of(
    *("by", "before", "on", "at", "around", "from", "until", "till", "for", "no later than", "not later than")
)
_ENDS: Final = r"(?= *(?:[,.;!?)]|$|with\b|and\b|on\b|tonight|today|tomorrow))"
_FIXED: Final = any_of(
    rf"first thing(?: {_DAY})?",
    rf"later(?: on)? (?:today|this {_PART}|this {_PERIOD})",
    rf"early next {_PERIOD}",
    rf"{_BEFORE_A_DAY}? ?(?:about |around |at the latest )?(?:{DATE}|(?:early |late |mid-?)?{_DAY}|{CLOCK})",
    rf"(?:by|in|before|around) (?:early |late |mid-?|the end of )?{MONTH}\b(?: \d{{4}})?",
    rf"in the week of {DATE}",
    rf"between (?:{CLOCK}|\d{{1,2}}) and (?:{CLOCK}|\d{{1,2}})",
    rf"(?:by|at) (?:about |around )?\d{{1,2}}(?![\d%-]){_ENDS}",
)
_TELL: Final = r"[^.,;!?\n]{1,60}"
_MOMENT: Final = any_of("moment", "minute", "second", "sec", "bit", "jiffy", "little while", "while", "short while")
_VAGUE: Final = any_of(
    r"(?:just |about |almost )?as (?:soon|quick(?:ly)?|fast|early|swiftly|promptly)(?: and (?:safely|smoothly))? as"
    rf"(?: (?:possible|humanly possible|{_TELL}))?",
    *(r"a\.?s\.?a\.?p\b\.?", r"(?:very |really |real |quite )?(?:soon|shortly)\b", "momentarily", "next time"),
    *("promptly", "immediately", "instantly", "right (?:away|now)", "straight ?away", "at once", "in no time"),
    *("in due course", "sooner or later", "later on", "before (?:long|too long|you know it)", r"(?:with|over) time\b"),
    r"(?:up)?on (?:arrival|landing|delivery|receipt)",
    rf"(?:in|within|for) (?:just )?(?:a|one) {_MOMENT}\b",
    r"at (?:the|your|our) (?:earliest|first) (?:opportunity|convenience)",
    r"in the (?:near |not too distant )?future",
    r"any (?:minute|moment|time|day) now",
    r"in the (?:coming|next few|next couple of) (?:minutes|hours|days|weeks|months)",
    r"(?:once|when|the (?:moment|minute|second)|right after|whenever) "
    rf"(?=(?:we|i|it|they|the|our|that|this|your|he|she|there)\b){_TELL}",
)
_ONE: Final = rf"(?:{_VAGUE}|{_LASTING}|{_FIXED})"
_DUE = re.compile(rf"(?<![\w’'-]){_ONE}(?:,? (?:at |or )?{_ONE}){{0,3}}(?![\w’'-])", re.IGNORECASE)
_NO_DUE = re.compile(
    r"^(?:from|until|till|after) (?!\d)|"
    r"^(?:(?:for|from) )?(?:today|tonight|this (?:week|month|year|evening|morning|afternoon))['’]s",
    re.IGNORECASE,
)
_NAMES_PAST = re.compile(r"\b(?:since|last|yesterday|ago|previous|flight|your|for|from|of) $", re.IGNORECASE)
_HAPPENED: Final = any_of(
    *("service", "experience", "flight", "visit", "trip", "journey", "stay", "call", "chat", "order", "delay", "wait"),
    *(
        "outage",
        "feedback",
        "issues?",
        "problems?",
        "conversation",
        "meeting",
        "what happened",
        "troubles?",
        "you",
        "us",
    ),
)
_DATES_A_NOUN = re.compile(rf"\b{_HAPPENED} (?:today|tonight|this \w+|on \w+day|\w+day)$", re.IGNORECASE)
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
