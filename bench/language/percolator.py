"""Tantivy as a percolator: index a batch of posts in memory, run every search over it."""

from __future__ import annotations

import tantivy

from goodword.language.searches import Post, Search
from goodword.language.searches.tree import And, Field, Is, Near, Node, Not, Or, Wildcard, Words

BATCH = 4096


def tantivy_query(node: Node) -> str:
    """A tree in tantivy's language. Where that says less (wildcards in a NEAR), less is asked of it."""
    match node:
        case And(children):
            wanted = [tantivy_query(child) for child in children if not isinstance(child, Not)]
            unwanted = [tantivy_query(child.child) for child in children if isinstance(child, Not)]
            return " ".join([*(f"+({query})" for query in wanted), *(f"-({query})" for query in unwanted)])
        case Or(children):
            return " OR ".join(f"({tantivy_query(child)})" for child in children)
        case Near(left, right, distance):
            words = [child.text for child in _options(right) if isinstance(child, Words)]
            return " OR ".join(f'"{_text(left)} {word}"~{distance}' for word in words)
        case Words(text, parts):
            return f'"{text}"' if len(parts) > 1 else parts[0].key
        case Field("lang", key=key):
            return f"lang:{key}"
        case Is(what):
            return f"type:{what}"
    raise TypeError(f"no such shape among the searches: {node!r}")


def _options(node: Node) -> tuple[Node, ...]:
    return node.children if isinstance(node, Or) else (node,)


def _text(node: Node) -> str:
    assert isinstance(node, Words | Wildcard)
    return node.text


class Percolator:
    """Searches, ready to be run over batches."""

    def __init__(self, searches: list[Search]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False)
        builder.add_text_field("lang", stored=False, tokenizer_name="raw")
        builder.add_text_field("type", stored=False, tokenizer_name="raw")
        self.schema = builder.build()
        parser = tantivy.Index(self.schema)
        self.queries = [parser.parse_query(tantivy_query(search.tree), ["text"]) for search in searches]

    def match(self, posts: list[Post]) -> int:
        """How many pairs of a search and a post match."""
        index = tantivy.Index(self.schema)
        writer = index.writer(heap_size=50_000_000, num_threads=1)
        for post in posts:
            writer.add_document(tantivy.Document(text=post.text, lang=post.lang or "", type=post.type or ""))
        writer.commit()
        index.reload()
        searcher = index.searcher()
        return sum(len(searcher.search(query, limit=len(posts), count=False).hits) for query in self.queries)
