"""Check drafts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from typing import Final

from goodword.honesty.rules import advice, apology, private
from goodword.honesty.rules.finding import GOOD, Finding
from goodword.honesty.rules.gates import EXCUSED, TELLING
from goodword.honesty.rules.likeness import heads, likeness
from goodword.honesty.rules.plain import PLAIN
from goodword.language.sentences import sentences

LEAST: Final = {"blame": -0.6, "excuse": -0.2, "overpromise": -0.9, "sell": -0.6, "cold": -2.4}
"""The log odds from which on words count as a fault: where few findings are false, on drafts and on real replies."""
MOST_SENTENCES: Final = 60
"""So many sentences of a draft are read: no draft takes longer."""
_OF_SENTENCES: Final = ("blame", "excuse", "overpromise", "sell")
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
    return _check(drafts, _scores)


def check_words(drafts: Sequence[tuple[str, bool]]) -> list[list[Finding]]:
    """What usual words alone tell, without a model: fewer faults, and no brush-off. For a process that must stay small,
    and for drafts in other languages, which the models have not seen."""
    return _check(drafts, _no_scores)


def _check(
    drafts: Sequence[tuple[str, bool]], score: Callable[[Sequence[str]], Sequence[Mapping[str, float]]]
) -> list[list[Finding]]:
    split = [_pieces(text) for text, _ in drafts]
    wholes = [
        bool(pieces) and not EXCUSED["cold"].search(text) for (text, _), pieces in zip(drafts, split, strict=True)
    ]
    asked = [_SORRY_FIRST.sub("", piece) or piece for pieces in split for piece in pieces]
    asked += [text for (text, _), is_read in zip(drafts, wholes, strict=True) if is_read]
    scores = iter(score(asked))
    found = [
        [finding for piece in pieces for finding in _of_sentence(piece, text, next(scores), public=public)]
        for (text, public), pieces in zip(drafts, split, strict=True)
    ]
    for place, (text, _) in enumerate(drafts):
        if wholes[place] and next(scores)["cold"] > LEAST["cold"]:
            found[place].append(advice.finding("cold", text.strip()))
        found[place] += [advice.finding(GOOD, piece) for piece in split[place] if apology.apologises(piece)][:1]
    return found


def _pieces(text: str) -> list[str]:
    """The sentences that hold a word."""
    found = [text[start:end] for start, end in sentences(text)[:MOST_SENTENCES]]
    return [piece for piece in found if _WORD.search(piece)]


def _scores(texts: Sequence[str]) -> list[dict[str, float]]:
    if not texts:
        return []
    flags = heads().flags
    return [dict(zip(flags, row.tolist(), strict=True)) for row in likeness(texts)]


def _no_scores(texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
    return [defaultdict(lambda: -inf)] * len(texts)


def _of_sentence(sentence: str, draft: str, score: Mapping[str, float], *, public: bool) -> Iterator[Finding]:
    if public and private.tells(sentence):
        yield advice.told_in_public(sentence)
    elif public and private.asks(sentence, draft):
        yield advice.asked_in_public(sentence)
    for flag in _OF_SENTENCES:
        if (score[flag] > LEAST[flag] or PLAIN[flag].search(sentence)) and _may_be(flag, sentence):
            yield advice.finding(flag, sentence)


def _may_be(flag: str, sentence: str) -> bool:
    """Whether the words of a sentence allow it to be a fault."""
    if EXCUSED[flag].search(sentence):
        return False
    return flag not in TELLING or TELLING[flag].search(sentence) is not None
