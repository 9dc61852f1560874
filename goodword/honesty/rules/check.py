"""Check drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from goodword.honesty.rules import advice, apology, private
from goodword.honesty.rules.finding import GOOD, Finding
from goodword.honesty.rules.gates import EXCUSED
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
    return _check(drafts, faults)


def check_words(drafts: Sequence[tuple[str, bool]]) -> list[list[Finding]]:
    """What usual words alone tell, without a model: fewer faults, and no brush-off. For a process that must stay small,
    and for drafts in other languages, which the models have not seen."""
    return _check(drafts, _no_faults)


def _check(
    drafts: Sequence[tuple[str, bool]], is_fault: Callable[[Sequence[str], Sequence[str]], Sequence[bool]]
) -> list[list[Finding]]:
    split = [pieces(text) for text, _ in drafts]
    texts, flags = [], []
    for (text, _), parts in zip(drafts, split, strict=True):
        texts += [without_lead(part) for part in parts for _flag in OF_SENTENCES]
        flags += [flag for _part in parts for flag in OF_SENTENCES]
        if parts:
            texts.append(text)
            flags.append("cold")
    like = iter(is_fault(texts, flags))
    return [_findings(text, parts, like, public) for (text, public), parts in zip(drafts, split, strict=True)]


def _findings(text: str, parts: Sequence[str], like: Iterable[bool], public: bool) -> list[Finding]:
    """Of one draft; `like` gives its sentences' likeness to each fault, then its own to a brush-off."""
    told = iter(like)
    found: list[Finding] = []
    for part in parts:
        if public and private.tells(part):
            found.append(advice.told_in_public(part))
        elif public and private.asks(part, text):
            found.append(advice.asked_in_public(part))
        small = part.lower()
        for flag in OF_SENTENCES:
            if next(told) or (is_plain(flag, part, small) and EXCUSED[flag].search(small) is None):
                found.append(advice.finding(flag, part))
    if len(parts) > 0 and next(told):
        found.append(advice.finding("cold", text.strip()))
    return found + [advice.finding(GOOD, part) for part in parts if apology.apologises(part)][:1]


def pieces(text: str) -> list[str]:
    """The sentences that hold a word, so many as are read."""
    found = [text[start:end] for start, end in sentences(text)[:MOST_SENTENCES]]
    return [piece for piece in found if _WORD.search(piece)]


def without_lead(sentence: str) -> str:
    """A sentence without an apology that leads in what it takes back."""
    return _SORRY_FIRST.sub("", sentence) or sentence


def _no_faults(texts: Sequence[str], _flags: Sequence[str]) -> Sequence[bool]:
    return [False] * len(texts)
