"""The deep reader: one encoder for English, one for every other language."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Final

from goodword.language.reading import heads
from goodword.language.reading.assemble import readings
from goodword.language.reading.encoders import english_encoder, multilingual_encoder
from goodword.language.reading.fast import FastReader
from goodword.language.reading.language_id import languages
from goodword.language.reading.reading import UNKNOWN_LANGUAGE, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from goodword.language.reading.encoder import Encoded

_ENGLISH: Final = ("en", UNKNOWN_LANGUAGE)
_SECOND_OPINION: Final = 0.5
_TROUBLE: Final = (heads.COMPLAINT, heads.SEVERITY, heads.SERVICE)
_SUSPECTED_FROM: Final = 0.25
_ADDRESSED: Final = "@brand "


class DeepReader:
    """Reads with the encoders: some hundred times the work of the fast reader.

    In other languages than English the sentiment of the fast reader is a second opinion: it has seen their words and
    the encoder their meaning, and both together are right more often than either.

    Nearly every complaint that the encoders learned from was addressed to somebody by a handle; without one they took
    "Terrible service." for small talk. What the fast reader suspects to be a complaint of that kind is therefore read
    as if it were addressed, and both readers have the same say on the trouble in it.
    """

    def __init__(self, fast: FastReader) -> None:
        self._fast = fast

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        seen = self._fast.glance(texts)
        named = languages(texts, english=seen.english.tolist())
        return readings(texts, named, self.logits(texts, named), seen)

    def logits(self, texts: Sequence[str], named: Sequence[str]) -> NDArray[np.float32]:
        """[texts, heads.WIDTH], each text by the encoder for its language."""
        import numpy as np

        logits = self._encoded(texts, named)
        fast = self._fast.logits(texts)
        others = [place for place, lang in enumerate(named) if lang not in _ENGLISH]
        logits[others, heads.SENTIMENT] += _SECOND_OPINION * fast[others, heads.SENTIMENT]
        suspected = np.flatnonzero(fast[:, heads.COMPLAINT] >= log(_SUSPECTED_FROM / (1 - _SUSPECTED_FROM)))
        unaddressed = [place for place in suspected.tolist() if "@" not in texts[place]]
        if unaddressed:
            addressed = self._encoded(
                [_ADDRESSED + texts[place] for place in unaddressed], [named[place] for place in unaddressed]
            )
            trouble = np.ix_(unaddressed, _TROUBLE)
            logits[trouble] = (addressed[:, _TROUBLE] + fast[trouble]) / 2
        return logits

    @staticmethod
    def _encoded(texts: Sequence[str], named: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        logits = np.zeros((len(texts), heads.WIDTH), dtype=np.float32)
        english = [place for place, lang in enumerate(named) if lang in _ENGLISH]
        others = [place for place, lang in enumerate(named) if lang not in _ENGLISH]
        for chosen, encoder in ((english, english_encoder), (others, multilingual_encoder)):
            if chosen:
                encoded: Encoded = encoder().encode([texts[place] for place in chosen])
                logits[chosen] = encoded.logits
        return logits
