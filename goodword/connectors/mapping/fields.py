"""The settings of a mapping, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.mapping.paths import NoPath, Path, at_path, read_path
from goodword.connectors.mapping.payload import Item


def _path(name: str, label: str, help: str = "", *, default: str = "") -> Field:
    return Field(name, label, help=help, default=default, required=False, tries_again=True)


FIELDS: Sequence[Field] = (
    _path(
        "items_path",
        _("Path of the list"),
        _("Where in the payload the single items stand, e.g. data.reviews. Empty where it is the list, or one item."),
    ),
    _path(
        "text_path", _("Path of the text"), _("Within an item, e.g. review.body or photos[0].caption."), default="text"
    ),
    _path("title_path", _("Path of the title")),
    _path("author_path", _("Path of the author's name"), default="author"),
    _path(
        "author_id_path",
        _("Path of the author's number or address"),
        _("What stays when somebody changes their name. Without it, the same name is the same person."),
    ),
    _path(
        "id_path",
        _("Path of the item's number"),
        _("By it an item that comes again is known, and an edit. Without it, by its words."),
        default="id",
    ),
    _path(
        "at_path",
        _("Path of the time"),
        _("ISO 8601, or seconds since 1970. Without it, the time when it came in."),
        default="at",
    ),
    _path("url_path", _("Path of its address on the web"), default="url"),
    _path("stars_path", _("Path of the stars"), default="stars"),
    Field(
        "stars_of",
        _("Stars of how many"),
        default="5",
        required=False,
        kind=FieldKind.NUMBER,
        minimum=1,
        maximum=1000,
        tries_again=True,
    ),
    _path("parent_path", _("Path of the number of what it answers")),
    Field(
        "private",
        _("Who can read it there"),
        default="no",
        choices=(("no", _("Everybody: reviews, posts")), ("yes", _("Only we: a form, a message"))),
        required=False,
        tries_again=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where in an item what stands. An empty path: nowhere."""

    items: Path
    text: Path
    title: Path
    author: Path
    author_id: Path
    id: Path
    at: Path
    url: Path
    stars: Path
    parent: Path
    stars_of: float
    is_private: bool

    def of_pruned(self) -> Mapping:
        """The mapping of what `prune` leaves of an item."""
        paths: dict[str, Any] = {role: (role,) for role in ROLES}
        return replace(self, items=(), **paths)


ROLES = ("text", "title", "author", "author_id", "id", "at", "url", "stars", "parent")


def prune(item: Item, mapping: Mapping) -> Item:
    """Only what the mapping names, by its role: without what else changes there, such as counters."""
    found = ((role, at_path(item, path)) for role in ROLES if (path := getattr(mapping, role)))
    return {role: value for role, value in found if value is not None}


def read_mapping(settings: Settings) -> Mapping:
    """Raises `Refused` with the setting to mend. A setting that was never filled in has its default."""
    defaults = {field.name: field.default for field in FIELDS}
    typed = {name: str(settings.get(name, default) or "") for name, default in defaults.items()}
    paths = {}
    for field in FIELDS:
        if field.name.endswith("_path"):
            try:
                paths[field.name.removesuffix("_path")] = read_path(typed[field.name])
            except NoPath as error:
                raise Refused(f"Setting “{field.label}”: {error}") from error
    if not (paths["text"] or paths["title"]):
        raise Refused("Setting “Path of the text”: it is missing.")
    try:
        best = float(typed["stars_of"] or 5)
    except ValueError as error:
        raise Refused("Setting “Stars of how many” is not a number.") from error
    return Mapping(**paths, stars_of=best, is_private=typed["private"] == "yes")
