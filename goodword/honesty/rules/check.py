"""Check drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from goodword.honesty.rules import advice, apology, private
from goodword.honesty.rules.finding import GOOD, Finding
from goodword.honesty.rules.gates import DENIED, EXCUSED, is_warm
from goodword.honesty.rules.likeness import faults
from goodword.honesty.rules.plain import is_plain
from goodword.language.sentences import sentences

MOST_SENTENCES: Final = 60
"""So many sentences of a draft are read: no draft takes longer."""
OF_SENTENCES: Final = ("blame", "excuse", "overpromise", "sell")
"""The flags of a sentence that models know; `cold` is one of the whole draft."""
_SORRY_FIRST = re.compile(
    r"^(?:(?:we|i)(?:['’](?:re|m)| are| am) )?(?:(?:so|very|really) )?(?:sorry|apologies)(?: about (?:that|this))?"
    r"(?:,? but|,|:| -| –)\s+",
    re.IGNORECASE,
)
"""An apology that leads in what it takes back isn't heard with it: "sorry, but you should have …"."""
_WORD = re.compile(r"\w")


def check(drafts: Sequence[tuple[str, bool]]) -> list[list[Finding]]:
    """What is found in each draft, given as its text and whether everyone can read it: faults by where they stand,
    then a brush-off, then the good mark. At most one finding of each flag and sentence."""
    split = [pieces(text) for text, _ in drafts]
    like = faults(pair for (text, _), parts in zip(drafts, split, strict=True) for pair in _asked(text, parts))
    return [_findings(text, parts, public, like) for (text, public), parts in zip(drafts, split, strict=True)]


def check_words(drafts: Sequence[tuple[str, bool]]) -> list[list[Finding]]:
    """What usual words alone tell, without a model: fewer faults, and no brush-off. For a process that must stay small,
    and for drafts in other languages, which the models have not seen."""
    return [_findings(text, pieces(text), public, frozenset()) for text, public in drafts]


def _asked(text: str, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the models are asked of a draft and its sentences: texts, each with the flag that it may have."""
    for part in parts:
        for flag in OF_SENTENCES:
            yield without_lead(part), flag
    if parts and not is_warm(text.lower()):
        yield text, "cold"


def _findings(text: str, parts: Sequence[str], public: bool, like: Set[tuple[str, str]]) -> list[Finding]:
    """Of one draft; `like` has the texts that models take for a fault, each with its flag."""
    found: list[Finding] = []
    for part in parts:
        if public and private.tells(part):
            found.append(advice.told_in_public(part))
        elif public and private.asks(part, text):
            found.append(advice.asked_in_public(part))
        elif not public and private.tells_of_another(part):
            found.append(advice.told_of_another(part))
        found += [advice.finding(flag, part) for flag in _faults_of(part, like)]
    if (text, "cold") in like:
        found.append(advice.finding("cold", text.strip()))
    return found + [advice.finding(GOOD, part) for part in parts if apology.apologises(part)][:1]


def _faults_of(sentence: str, like: Set[tuple[str, str]]) -> Iterator[str]:
    small, without = sentence.lower(), without_lead(sentence)
    for flag in OF_SENTENCES:
        if flag in DENIED and DENIED[flag].search(small):
            continue
        if (without, flag) in like or (is_plain(flag, sentence, small) and EXCUSED[flag].search(small) is None):
            yield flag


def pieces(text: str) -> list[str]:
    """The sentences that hold a word, so many as are read."""
    found = [text[start:end] for start, end in sentences(text)[:MOST_SENTENCES]]
    return [piece for piece in found if _WORD.search(piece)]


def without_lead(sentence: str) -> str:
    """A sentence without an apology that leads in what it takes back."""
    return _SORRY_FIRST.sub("", sentence) or sentence
