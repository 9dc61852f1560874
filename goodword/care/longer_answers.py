"""What a longer message says: an answer to our question whether it is solved, or thanks with kind words. Pure rules.

`answers` knows every word of an answer. People say more than that: "Yes, it is. The doctor found the cause." Where a
question was asked, the first clause may answer it; what follows then must not take it back, ask for anything or tell of
trouble, by its words and by how it reads. What remains unclear is no answer, and people read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from goodword.care.answer_cues import (
    AFTER_THANKS,
    ASKING,
    FORWARD,
    GREETINGS,
    NEGATED_ENDING,
    NEGATION,
    QUESTIONS,
    TROUBLE,
)
from goodword.care.answer_words import Meaning
from goodword.care.answers import ASKS, Answer, Verdict, meanings, own_words, phrase_at, read_answer, words_of
from goodword.language.reading.floors import said as told_by
from goodword.triage.reading import Reading

LONGEST_ANSWER = 60  # words; who writes more has more to say
LONGEST_THANKS = 20
_CLAUSE = re.compile(r"[.,;:!…。،！、\n]+|\s[-–—]+\s")
_AGAINST = NEGATION | ASKING | TROUBLE
_TAKES_BACK = {Meaning.BUT, Meaning.SOUR, Meaning.UNSOLVED, Meaning.NO}
_KIND = {Meaning.THANKS, Meaning.PLEASED, Meaning.FILLER, Meaning.YES}


def read_asked(text: str, reading: Reading) -> Answer | None:
    """What a customer whom we asked "Is it solved?" says of it; None if that is unclear."""
    answer = read_answer(text)
    if answer is not None:
        return answer
    clauses = _clauses(text)
    first = _first_word(clauses)
    if first is None:
        return None
    if Meaning.NO in first:
        return None if _glad(clauses) else Answer(Verdict.DISPUTES)
    return Answer(Verdict.CONFIRMS) if _stands(text, clauses, reading) else None


def is_thanks(text: str, reading: Reading) -> bool:
    """Whether nothing is in it but thanks, praise, and that they look forward to what was said."""
    answer = read_answer(text)
    if answer is not None:
        return answer.thanks_only
    clauses = _clauses(text)
    if sum(map(len, clauses)) > LONGEST_THANKS or _speaks_against(text, clauses):
        return False
    thanked = any(_thanks_in(clause) for clause in clauses)
    return thanked and all(map(_kind, clauses)) and reading.complaint < 0.5 and reading.question < 0.5


def _first_word(clauses: Sequence[Sequence[str]]) -> set[Meaning] | None:
    """What the first clause that answers says: yes and solved, or no. None where something else comes before."""
    for clause in clauses:
        said = meanings(clause)
        if said is None:
            if clause[0].casefold() in GREETINGS and len(clause) <= len(("dear", "Mr", "van", "Name")):
                continue
            return None
        if Meaning.NO in said:
            return said if said <= {Meaning.NO, Meaning.FILLER} else None
        if said & {Meaning.YES, Meaning.SOLVED}:
            return None if said & _TAKES_BACK else said
        if not said <= _KIND:
            return None
    return None


def _glad(clauses: Sequence[Sequence[str]]) -> bool:
    """Whether a "no" comes with words that say the opposite: "No, all is fine, it works now"."""
    return bool({Meaning.SOLVED, Meaning.YES, Meaning.SOUR, Meaning.PLEASED, Meaning.THANKS} & _all_meanings(clauses))


def _stands(text: str, clauses: Sequence[Sequence[str]], reading: Reading) -> bool:
    """Whether nothing in the rest speaks against a yes."""
    if sum(map(len, clauses)) > LONGEST_ANSWER or _speaks_against(text, clauses) or reading.question >= 0.5:
        return False
    if any(said is not None and Meaning.SOLVED in said for said in map(meanings, clauses)):
        return reading.complaint < 0.6  # they say what became of it, so a reader's doubt weighs less
    return reading.complaint < 0.5 and reading.negative < 0.6


def _speaks_against(text: str, clauses: Sequence[Sequence[str]]) -> bool:
    told = told_by(text)
    if told.complaint or told.grave or told.harm or told.anger or ASKS.search(own_words(text)):
        return True
    walked = [each for clause in clauses for each in _walk(clause)]
    if any(meaning in _TAKES_BACK for _words, meaning in walked) or any(
        clause[0].casefold() in QUESTIONS for clause in clauses
    ):
        return True
    open_words = [word for words, meaning in walked if meaning in {None, Meaning.FILLER} for word in words]
    return any(word in _AGAINST or NEGATED_ENDING.search(word) for word in open_words)


def _walk(clause: Sequence[str]) -> Iterator[tuple[list[str], Meaning | None]]:
    """Its phrases, folded, with what they mean; an unknown word is one by itself."""
    place = 0
    while place < len(clause):
        length, meaning = phrase_at(clause, place)
        yield [word.casefold() for word in clause[place : place + length]], meaning
        place += length


def _all_meanings(clauses: Iterable[Sequence[str]]) -> set[Meaning]:
    return {meaning for clause in clauses for _words, meaning in _walk(clause) if meaning is not None}


def _thanks_in(clause: Sequence[str]) -> bool:
    return Meaning.THANKS in _all_meanings([clause])


def _kind(clause: Sequence[str]) -> bool:
    """Known kind words; "thanks for …"; or looking forward, and how it helped."""
    said = meanings(clause)
    if said is not None:
        return said <= _KIND
    length, meaning = phrase_at(clause, 0)
    if meaning is Meaning.THANKS and length < len(clause) and clause[length].casefold() in AFTER_THANKS:
        return True
    spoken = f" {' '.join(clause).casefold()} "
    return any(f" {phrase} " in spoken for phrase in FORWARD)


def _clauses(text: str) -> list[list[str]]:
    return [words for part in _CLAUSE.split(own_words(text)) if (words := words_of(part))]
