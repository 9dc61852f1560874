"""The phrases of a text: its words and the runs of two and three that could name a topic."""

from __future__ import annotations

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


def phrases_of(words: list[str]) -> set[str]:
    """Every distinct run of one to three words that neither begins nor ends with a function word or a number."""
    telling = [tells(word) for word in words]
    return {
        " ".join(words[start : start + length])
        for length in range(1, LONGEST + 1)
        for start in range(len(words) - length + 1)
        if telling[start] and telling[start + length - 1]
    }


def tells(word: str) -> bool:
    """Whether a word can say what a text is about."""
    return word not in FUNCTION_WORDS and not word.isdigit() and (len(word) > 1 or ord(word) >= _FIRST_UNSPACED_SCRIPT)
