"""How many stars of five a review gives, as the dialects of review feeds write it."""

from __future__ import annotations

from collections.abc import Iterator

from goodword.connectors.feed.xml_tree import Element

# `im:rating` (App Store), `media:starRating` (Media RSS, inside `media:community`), `rating` and `ratingValue`
# (schema.org, shops' own). `media:rating` says for whom a film is, in words, and is none.
_NAMES = {"rating", "starrating", "ratingvalue", "stars"}
_DEEPEST = 3


def stars_of(entry: Element) -> float | None:
    """None where nothing in it is a rating."""
    return next((found for each in _inside(entry) if (found := _stars(each)) is not None), None)


def of_five(value: str, best: str = "5") -> float | None:
    """A number of stars of `best`, as stars of five; None for anything else."""
    try:
        stars, most = float(value), float(best)
    except ValueError:
        return None
    found = stars * 5 / most if most > 0 else -1.0
    return round(found, 2) if 0 <= found <= 5 else None


def _inside(element: Element, depth: int = 1) -> Iterator[Element]:
    for each in element.elements:
        yield each
        if depth < _DEEPEST:
            yield from _inside(each, depth + 1)


def _stars(element: Element) -> float | None:
    if element.local.lower() not in _NAMES:
        return None
    given = element.attributes
    value = given.get("average") or given.get("value") or element.text
    return of_five(value, given.get("max") or given.get("best") or "5")
