"""A coverage-guided fuzzer: any search and any post, the index against the reference.

python -m bench.language.fuzz_matching -max_total_time=60
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["goodword.language.searches"]):
    from goodword.language.searches import Post, SearchError, SearchIndex, matches, parse, print_search, why

FEW = 12


def check(data: bytes) -> None:
    """One search, a few posts."""
    provider = atheris.FuzzedDataProvider(data)
    try:
        search = parse(provider.ConsumeUnicode(60))
    except SearchError:
        return
    assert parse(print_search(search)).tree == search.tree
    words = search.text.replace('"', "").split()
    posts = [Post(text=provider.ConsumeUnicode(40) + " ".join(words[:number])) for number in range(FEW)]
    found = [bool(row) for row in SearchIndex([(1, search)]).match(posts)]
    assert found == [matches(search, post) for post in posts]
    assert found == [bool(why(search, post)) for post in posts]


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
