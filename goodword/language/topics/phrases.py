"""The phrases of a text: its words and the runs of two and three that could name a topic."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from goodword.language.copies import essence
from goodword.language.topics.function_words import FUNCTION_WORDS

LONGEST = 3
_MOST_WORDS = 120
_FIRST_UNSPACED_SCRIPT = 0x2E80


def words_of(text: str) -> list[str]:
    """The text's words in order, without handles and links; scripts without spaces in pairs of characters."""
    words: list[str] = []
    for word in essence(text).split():
        if ord(word[0]) < _FIRST_UNSPACED_SCRIPT:
            words.append(word)
        else:
            words.extend(word[start : start + 2] for start in range(max(1, len(word) - 1)))
        if len(words) >= _MOST_WORDS:
            break
    return words[:_MOST_WORDS]


def phrases_of(words: list[str], among: Collection[str] | None = None) -> set[str]:
    """Every distinct run of one to three words that neither begins nor ends with a function word or a number.

    With `among`, of these words only: a phrase is no commoner than its words, so that the rare ones can be left out.
    """
    known = [among is None or word in among for word in words]
    telling = [here and tells(word) for here, word in zip(known, words, strict=True)]
    return {
        " ".join(words[start : start + length])
        for length in range(1, LONGEST + 1)
        for start in range(len(words) - length + 1)
        if telling[start] and telling[start + length - 1] and all(known[start : start + length])
    }


def tells(word: str) -> bool:
    """Whether a word can say what a text is about."""
    return word not in FUNCTION_WORDS and not word.isdigit() and (len(word) > 1 or ord(word) >= _FIRST_UNSPACED_SCRIPT)


def joined(phrase: str) -> str:
    """A phrase as one writes it: pairs of characters of a script without spaces run into each other again."""
    words = phrase.split()
    text = words[0]
    for earlier, word in pairwise(words):
        runs_on = ord(word[0]) >= _FIRST_UNSPACED_SCRIPT and earlier[-1] == word[0]
        text += word[1:] if runs_on else f" {word}"
    return text
