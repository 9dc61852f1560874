from __future__ import annotations

import subprocess
import sys

WHERE = """
import os, pathlib, sys
os.access = lambda path, mode: sys.argv[1] == "writable"
from goodword.config.kernels import keep_kernels
keep_kernels(pathlib.Path("/state"))
print(os.environ.get("NUMBA_CACHE_DIR"))
"""
AHEAD = """
import gc
from goodword.config.kernels import compile_matching, compile_reading
from goodword.language.reading import fast_reader
from goodword.language.searches import Post, SearchIndex, parse

def compiled():
    from numba.core.dispatcher import Dispatcher
    return sum(len(each.signatures) for each in gc.get_objects() if isinstance(each, Dispatcher))

compile_reading()
compile_matching()
ahead = compiled()
texts = ["Où est ma commande ? 🔥", "", "call me on +44 20 7946 0958, 5 Main Street"] * 300
fast_reader().read(texts)
searches = enumerate(map(parse, ["charg*", '"main street" OR lang:fr', "call NEAR/3 main", "street -call"]))
index = SearchIndex(searches, sample=texts)
index.match([Post(text=text, lang="fr") for text in texts])
index.add(9, parse("commande"))
index.match([Post(text=text) for text in texts])
print(ahead > 0, compiled() - ahead)
"""


def printed(code: str, *arguments: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.strip()


def test_what_is_compiled_is_kept_beside_its_source_or_in_the_state_folder() -> None:
    assert printed(WHERE, "writable", environment={}) == "None"
    assert printed(WHERE, "read-only", environment={}) == "/state/kernels"
    assert printed(WHERE, "read-only", environment={"NUMBA_CACHE_DIR": "/elsewhere"}) == "/elsewhere"


def test_large_batches_find_everything_compiled() -> None:
    assert printed(AHEAD) == "True 0"
