"""What is compiled to read and to match in bulk: where it is kept, and compiling it before it is needed.

`python -m goodword.config.kernels` compiles it all, some 20 seconds on each of two cores; else the first large batch
that a worker meets would wait for it. What is compiled already and has not changed is left as it is.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import goodword

_TEXT = "late again"


def keep_kernels(home: Path) -> None:
    """Keep them beside their sources, or in the state folder where those can't be written to.

    numba would take a folder of the user's, and fail where there is none: for the account of a service, or in a
    container. To be called before it is loaded.
    """
    if not os.access(Path(goodword.__file__).parent, os.W_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(home / "kernels"))


def compile_reading() -> None:
    """Read as many texts as are worth the compiled passes."""
    from goodword.language.reading import fast_reader
    from goodword.language.reading.fast import FEW

    fast_reader().read([_TEXT] * (FEW + 1))


def compile_matching() -> None:
    """Match one post against one search."""
    from goodword.language.searches import Post, SearchIndex, parse

    SearchIndex([(0, parse(_TEXT))]).match([Post(text=_TEXT)])


def compile_watching() -> None:
    """Watch as many series as are worth the compiled step."""
    import numpy as np

    from goodword.language.bursts import DetectorBank, Tuning
    from goodword.language.bursts.bank import WORTH_COMPILING

    DetectorBank(WORTH_COMPILING, Tuning.for_bins(300)).observe(np.zeros(WORTH_COMPILING), 0)


def main() -> None:
    """Compile everything, in two processes."""
    with ProcessPoolExecutor(2) as processes:
        started = [processes.submit(work) for work in (compile_reading, compile_matching, compile_watching)]
        for compiling in started:
            compiling.result()


if __name__ == "__main__":
    main()
