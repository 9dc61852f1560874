"""Whether a sentence says something else of a matter than another text does: other figures, or yes for no.

Few and sure: both must speak of the same matter in the same words, in general and not of what happened to one customer,
and only where all figures of one kind differ, or one sentence denies what the other grants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from goodword.honesty.rules.words import any_of, words
from goodword.language.sentences import sentences
from goodword.language.topics.function_words import FUNCTION_WORDS

_STEM: Final = 5  # letters: "return", "returns" and "returned" are one
_SHARED: Final = 2
"""So many words of the matter both sentences have, for figures."""
_ALIKE: Final = 0.6
"""So much of the shorter sentence's matter the other has, for yes and no."""
_IN_WORDS: Final = {
    word: float(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"fourteen": 14.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "sixty": 60.0, "ninety": 90.0}
_NUMBER: Final = rf"(?:\d{{1,6}}(?:[.,]\d{{1,2}})?|(?!one day\b){any_of(*_IN_WORDS)}\b)"
"""In digits, or in the words that terms are written in; "one day" is no time but a wish."""
_SPANS: Final = {"minute": 1.0, "hour": 60.0, "day": 1440.0, "week": 10080.0, "month": 43200.0, "year": 525600.0}
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<low>{_NUMBER})(?: ?(?:-|–|to|or) ?(?P<high>{_NUMBER}))?[ -]?(?:(?:working|business) )?"
    rf"(?P<unit>{any_of(*_SPANS, 'kilo(?:gram)?', 'kg', '%', 'percent', '€', 'euros?', 'pounds?', 'dollars?')})s?(?!\w)"
    rf"|(?P<sign>[€£$])\s?(?P<price>{_NUMBER})",
    re.IGNORECASE,
)
_MONEY: Final = {"€": "€", "euro": "€", "£": "£", "pound": "£", "$": "$", "dollar": "$"}
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b"
    r"|\b(?P<day>[01]?\d|2[0-3]):(?P<past>[0-5]\d)\b",
    re.IGNORECASE,
)
_OF_ONE = words(
    r"(?:i|we)['’](?:ve|d|ll)\b",
    r"(?:i|we) (?:have|had|will|shall|am|was|were)\b",
    r"(?:was|were|had|has been|have been|ago|since|already|yesterday|today|tomorrow|tonight|last|your (?:refund|order|"
    r"parcel|package|delivery|booking|payment) (?:is|has|will|should))\b",
)
"""It speaks of what happened, or is done, to one customer; a rule may well have been stretched for them."""
_WITH_IFS = words(r"(?:if|unless|except|but|only|other than|apart from|usually|mostly|sometimes|some)\b", plain=r"\?")
_DENIES = words(r"(?:not|no|never|cannot|unable|impossible|without)\b", plain=r"n['’]t\b")
_GRANTS = words(
    r"(?:can|cannot|can['’]?t|may|possible|impossible|allow\w*|accept\w*|offer\w*|free|ships?|deliver\w*|refund\w*|"
    r"exchang\w*|available|open|need|needn['’]?t|must|includ\w*|covers?|covered|works?|supports?)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAY_NOTHING: Final = FUNCTION_WORDS | {
    *("can", "cannot", "may", "will", "take", "takes", "get", "please", "sorry", "free", "possible", "able", "allowed"),
    *_SPANS, *(f"{span}s" for span in _SPANS), *("working", "business", "euro", "euros", "pound", "pounds", "percent"),
    *("until", "till", "within", "from", "about", "each", "every", "am", "pm", "kg", "kilo", "kilos"), *_IN_WORDS,
}  # fmt: skip


class Conflict(NamedTuple):
    """The words of a draft, and those of the other text that they don't agree with."""

    said: str
    other: str


class _Claim(NamedTuple):
    text: str
    matter: frozenset[str]
    figures: dict[str, list[tuple[float, float]]]


def conflict(draft: str, other: str, *, about: str = "") -> Conflict | None:
    """The first sentence of a draft that says something else than a sentence of the other text does.

    `about` is what the whole other text is about, its title: its words count as every sentence's.
    """
    theirs = [claim for claim in _claims(other) if not _WITH_IFS.search(claim.text)]
    known = {kind: spans for claim in theirs for kind, spans in claim.figures.items()}
    title = _matter(about)
    for mine in _claims(draft):
        if _OF_ONE.search(mine.text) or _WITH_IFS.search(mine.text):
            continue
        for their in theirs:
            if _other_figures(mine, their, title, known) or _yes_for_no(mine, their):
                return Conflict(mine.text, their.text)
    return None


def _claims(text: str) -> Iterator[_Claim]:
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        yield _Claim(sentence, _matter(sentence), dict(_figures(sentence)))


def _matter(text: str) -> frozenset[str]:
    """What it is about: its words without case, accents and ends, and without those that say nothing."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(each))
    return frozenset(word[:_STEM] for word in _WORD.findall(plain) if word not in _SAY_NOTHING)


def _figures(sentence: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Each kind of figure of a sentence with its spans, in minutes for times."""
    found: dict[str, list[tuple[float, float]]] = {}
    for each in _QUANTITY.finditer(sentence):
        if each["sign"]:
            kind, low, high = each["sign"], each["price"], None
        else:
            kind, low, high = each["unit"].lower().rstrip("s"), each["low"], each["high"]
        times = _SPANS.get(kind)
        kind = "span" if times else _MONEY.get(kind, {"percent": "%", "kilogram": "kg", "kilo": "kg"}.get(kind, kind))
        ends = [_number(end) * (times or 1.0) for end in (low, high or low)]
        found.setdefault(kind, []).append((min(ends), max(ends)))
    for each in _CLOCK.finditer(sentence):
        at = _clock(each)
        found.setdefault("clock", []).append((at, at))
    yield from found.items()


def _clock(found: re.Match[str]) -> float:
    """Minutes after midnight."""
    if found["day"]:
        return float(int(found["day"]) * 60 + int(found["past"]))
    hours = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return float(hours * 60 + int(found["minute"] or 0))


def _number(written: str) -> float:
    in_words = _IN_WORDS.get(written.lower())
    return float(written.replace(",", ".")) if in_words is None else in_words


def _other_figures(
    mine: _Claim, their: _Claim, title: frozenset[str], known: dict[str, list[tuple[float, float]]]
) -> bool:
    """Whether a figure of mine lies outside all of theirs of its kind, in this sentence and in the others."""
    shared = mine.matter & (their.matter | title)
    if len(shared) < _SHARED or not mine.matter & their.matter:
        return False
    return any(
        kind in their.figures
        and not any(_within(span, allowed) for span in spans for allowed in [*their.figures[kind], *known[kind]])
        for kind, spans in mine.figures.items()
    )


def _within(span: tuple[float, float], allowed: Sequence[float]) -> bool:
    return allowed[0] <= span[0] and span[1] <= allowed[1]


def _yes_for_no(mine: _Claim, their: _Claim) -> bool:
    """Whether one sentence denies what the other, in the same words, grants."""
    if not (_GRANTS.search(mine.text) and _GRANTS.search(their.text)):
        return False
    shared, shorter = mine.matter & their.matter, min(len(mine.matter), len(their.matter))
    if len(shared) < _SHARED or len(shared) < _ALIKE * shorter:
        return False
    return (_DENIES.search(mine.text) is None) != (_DENIES.search(their.text) is None)
