"""Saved searches: parse once, match every post.

- `parse(text)` gives a `Search`, or raises `SearchError` (`.position`, `.reason`, `.suggestions`, `.tree`);
  `Search.warnings` says what its writer should look at. `print_search` writes it back, `explain` says it in words, and
  `conditions` gives those as a tree, to be translated.
- `SearchIndex(searches)` holds `(id, Search)` pairs: `.match(posts)` gives for each `Post` the ids of the
  searches that match it, `.add` and `.remove` change it while it matches.
- `why(search, post)` gives the spans that made a search match; `matches(search, post)` is the reference that
  everything faster is compared with. Of a text or title `POST_LENGTH` characters are looked at.
"""

from goodword.language.searches.errors import Caution, SearchError
from goodword.language.searches.explainer import conditions, explain
from goodword.language.searches.index import SearchIndex
from goodword.language.searches.limits import POST_LENGTH
from goodword.language.searches.parser import parse
from goodword.language.searches.post import Post
from goodword.language.searches.printer import print_search
from goodword.language.searches.reference import matches
from goodword.language.searches.search import Search
from goodword.language.searches.why import Span, why

__all__ = [
    "POST_LENGTH",
    "Caution",
    "Post",
    "Search",
    "SearchError",
    "SearchIndex",
    "Span",
    "conditions",
    "explain",
    "matches",
    "parse",
    "print_search",
    "why",
]
