"""How a mention reads by the learned readers of `language`, in triage's terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goodword.language import reading as language
from goodword.triage.lexicon import asks, spam
from goodword.triage.reading import Reading

_ANGER: Final = ("anger", "annoyance", "disgust")
_ASKED, _SPAM, _NO_SPAM = 0.85, 0.95, 0.02


class LearnedReader:
    """A reader of `language`, and beside it the words that say what that one wasn't taught."""

    def __init__(self, reader: language.Reader, *, deep: bool) -> None:
        self._reader, self._deep = reader, deep

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order."""
        return [self._in_terms(text, read) for text, read in zip(texts, self._reader.read(texts), strict=True)]

    def _in_terms(self, text: str, read: language.Reading) -> Reading:
        is_spam = spam(text)
        return Reading(
            negative=read.sentiment["negative"],
            positive=read.sentiment["positive"],
            anger=max(read.emotions[name] for name in _ANGER),
            complaint=read.complaint,
            question=max(read.question, _ASKED) if asks(text) else read.question,
            spam=_SPAM if is_spam else _NO_SPAM,
            needs_reply=0.0 if is_spam else read.needs_reply,
            urgency=read.urgency,
            severity=read.severity,
            lang=read.lang,
            emotion=read.emotion,
            deep=self._deep,
        )
