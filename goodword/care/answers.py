"""What a customer's message says about a resolution. Pure rules, in several languages.

A word on a resolution has consequences: it ends a clock, or reopens a case. So a message counts as one only if nothing
else is in it: every word of it must be known here. Whatever is left over, a question included, is not an answer, and
is read by people. The one exception is a dispute ("no, still broken, and now ..."): it reopens the case, as any other
message would, so the rest of it does no harm. Whom we asked may say more beside it: see `longer_answers`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from goodword.care.answer_words import PHRASES, Meaning
from goodword.care.piled_marks import without_piled_marks


class Verdict(StrEnum):
    """What is said about the resolution."""

    CONFIRMS = "confirms"
    DISPUTES = "disputes"
    THANKS = "thanks"  # or a farewell: nothing is asked, nothing is answered


@dataclass(frozen=True, slots=True)
class Answer:
    """A customer's word: a verdict, a rating of 1 to 5, or both."""

    verdict: Verdict | None
    rating: int | None = None

    @property
    def confirms(self) -> bool:
        """It is solved."""
        return self.verdict is Verdict.CONFIRMS

    @property
    def disputes(self) -> bool:
        """It is not solved."""
        return self.verdict is Verdict.DISPUTES

    @property
    def thanks_only(self) -> bool:
        """Nothing but thanks or a farewell."""
        return self.verdict is Verdict.THANKS and self.rating is None


LONGEST = 15  # words of an answer; a longer message is a message
ASKS = re.compile(r"[?؟？\u037e]")
LEAD = 8  # words at the beginning within which a dispute must be said


def read_answer(text: str) -> Answer | None:
    """What `text` says about a resolution; None if it is anything else than an answer."""
    rating, rest = _take_rating(without_piled_marks(own_words(text)))
    words = words_of(rest)
    if rating is None:
        if _disputes(words):
            return Answer(Verdict.DISPUTES)
        rating, rest = _take_last_rating(rest)
        words = words_of(rest)
    if ASKS.search(rest) or len(words) > LONGEST:
        return None
    said = meanings(words)
    if said is None or said & {Meaning.BUT, Meaning.SOUR} or (Meaning.TOPIC in said and not said & _DECIDED):
        return None
    if rating is not None:
        return Answer(_verdict(said) if said & {*_DECIDED, Meaning.YES} else None, rating)
    verdict = _verdict(said)
    return None if verdict is None else Answer(verdict)


_DECIDED = {Meaning.SOLVED, Meaning.UNSOLVED}


def _verdict(said: set[Meaning]) -> Verdict | None:
    yes, no = bool(said & {Meaning.SOLVED, Meaning.YES}), bool(said & {Meaning.UNSOLVED, Meaning.NO})
    if no:
        polite_no = Meaning.UNSOLVED not in said and bool(
            said & {Meaning.THANKS, Meaning.PLEASED}
        )  # "no, thanks" to what?
        return None if yes or polite_no else Verdict.DISPUTES
    if yes:
        return Verdict.CONFIRMS
    return Verdict.THANKS if said & {Meaning.THANKS, Meaning.PLEASED} else None


def _disputes(words: Sequence[str]) -> bool:
    """Whether the message begins with the news that it is not solved: in its first words, after two unknown at most."""
    place = unknown = 0
    while place < min(len(words), LEAD) and unknown <= 2:
        length, meaning = phrase_at(words, place)
        if meaning is Meaning.UNSOLVED:
            return True
        if meaning in {Meaning.SOLVED, Meaning.SOUR}:
            return False
        unknown += meaning is None
        place += length
    return False


def meanings(words: Sequence[str]) -> set[Meaning] | None:
    """The meanings of a message all of whose words are known; one name after a thank-you may be there."""
    said: set[Meaning] = set()
    place, name_may_follow, named = 0, False, False
    while place < len(words):
        length, meaning = phrase_at(words, place)
        if meaning is not None:
            said.add(meaning)
            name_may_follow = meaning is Meaning.THANKS or (name_may_follow and meaning is Meaning.FILLER)
        elif name_may_follow and not named and words[place][0].isupper():
            named, name_may_follow = True, False
        else:
            return None
        place += length
    return said


def phrase_at(words: Sequence[str], place: int) -> tuple[int, Meaning | None]:
    """The longest known phrase that begins at `place`: its number of words, and what it means."""
    if words[place].casefold() not in _FIRST_WORDS:
        return 1, None
    for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
        meaning = PHRASES.get(" ".join(word.casefold() for word in words[place : place + length]))
        if meaning is not None:
            return length, meaning
    return 1, None


_FIRST_WORDS = {phrase.partition(" ")[0] for phrase in PHRASES}
_LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in PHRASES)
_OF_FIVE = r"(?:\s*(?:/|von|out of|of|sur|de|su|van|av|af|z)\s*5\b)?"
_STARS = re.compile(r"^\s*((?:[⭐★🌟]\ufe0f?){1,5})(?:[☆✩]*)(?![⭐★🌟])")
_FIGURE = re.compile(rf"^\s*([1-5])(?!\w){_OF_FIVE}(?!\s*[.,:/]?\d)(?!\s*%)", re.IGNORECASE)
_STAR_WORD = r"(?:stars?|sterne?n?|étoiles?|estrellas?|estrelas?|stelle|stella|sterren|ster)\b"
_UNIT = re.compile(rf"^\s*{_STAR_WORD}", re.IGNORECASE)
_LAST_FIGURE = re.compile(
    rf"(?<=[\s.,;:!(–—-])(?<!\d[.,:])([1-5]){_OF_FIVE}(?:\s*{_STAR_WORD})?[\s.!)]*$", re.IGNORECASE
)
_LAST_STARS = re.compile(r"((?:[⭐★🌟]\ufe0f?){1,5})[☆✩]*[\s.!]*$")


def _take_rating(text: str) -> tuple[int | None, str]:
    """A rating that the message begins with, and what follows it."""
    stars = _STARS.match(text)
    if stars:
        return len(re.findall("[⭐★🌟]", stars.group(1))), text[stars.end() :]
    text = unicodedata.normalize("NFKC", text)
    figure = _FIGURE.match(text)
    if figure is None:
        return None, text
    return int(figure.group(1)), _UNIT.sub("", text[figure.end() :])


def _take_last_rating(text: str) -> tuple[int | None, str]:
    """A rating that the message ends with, and what stands before it: "yes, solved, thanks 5"."""
    stars = _LAST_STARS.search(text)
    if stars:
        return len(re.findall("[⭐★🌟]", stars.group(1))), text[: stars.start()]
    text = unicodedata.normalize("NFKC", text)
    figure = _LAST_FIGURE.search(text)
    return (int(figure.group(1)), text[: figure.start()]) if figure else (None, text)


# Skin tones, variation selectors, joiners. Other symbols are left out as well: a smile decides nothing.
_INVISIBLE = re.compile(r"[\U0001F3FB-\U0001F3FF\ufe0e\ufe0f\u200b-\u200f\u2060-\u2069]")
_WORD = re.compile(r"[^\W_]+|[👍👎✅❌🙏]")
_UNDECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae"})


def words_of(text: str) -> list[str]:
    """Words as written, without accents and apostrophes; handles of the thread are left out."""
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).translate(_UNDECOMPOSED))
    text = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f\u064b-\u0652]", "", text))
    text = re.sub(r"(?<!\w)@\w+", " ", text)
    return _WORD.findall(re.sub(r"['’‘`´]", "", text))


def own_words(text: str) -> str:
    """A mail without what it quotes and without the signature."""
    lines: list[str] = []
    for line in text[:20_000].splitlines():
        if re.match(r"\s*>|-- ?$|\s*-{4,}|\s*_{8,}", line):
            break
        lines.append(line)
    while lines and (not lines[-1].strip() or (len(lines) > 1 and lines[-1].rstrip().endswith(":"))):
        lines.pop()  # "On Monday, Ana wrote:"
    return "\n".join(lines)
