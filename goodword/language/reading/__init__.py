"""How posts read: sentiment, emotions, complaint, severity, urgency, irony and more, at two depths behind one `Reader`.

`fast_reader()` reads everything, `deep_reader()` reads well, `best_reader()` gives the best of both and is the default.
Importing this package is cheap; numpy, onnxruntime and the weights load with the first reader that needs them, and
numba with the first large batch.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goodword.language.reading.reading import UNCERTAIN_BELOW, Reader, Reading

if TYPE_CHECKING:
    from goodword.language.reading.deep import DeepReader
    from goodword.language.reading.fast import FastReader

__all__ = ["UNCERTAIN_BELOW", "Reader", "Reading", "best_reader", "deep_reader", "fast_reader"]


@cache
def fast_reader() -> FastReader:
    """The linear reader: tens of thousands of texts a second on a core, every output."""
    from goodword.language.reading.fast import FastReader

    return FastReader()


@cache
def deep_reader() -> DeepReader:
    """The encoders: the best reading, hundreds of texts a second on a core."""
    from goodword.language.reading.deep import DeepReader

    return DeepReader(fast_reader())


@cache
def best_reader() -> Reader:
    """The default: the fast reader on everything, the deep one on whatever it can't settle."""
    from goodword.language.reading.cascade import CascadeReader

    return CascadeReader(fast_reader(), deep_reader())
