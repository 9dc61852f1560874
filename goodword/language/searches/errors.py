"""What is said about a search that cannot be used, or that may not mean what its writer thinks.

A message is a template with its values beside it, so that a page can translate the template
(`gettext(error.template).format(**error.values)`) without this package knowing of any language.
"""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Marks a message for the translators; it is translated where it is shown."""
    return message


def ngettext(one: str, many: str) -> tuple[str, str]:
    """The same for a message about a number: that for one, and that for others."""
    return one, many


ONLY_NEGATIVE = gettext_noop(
    "The search only says what a post must not have, so it would match nearly everything: add a word that it must have."
)


class SearchError(ValueError):
    """A search that is refused.

    `position` is the offset in the search where the trouble is, `reason` says what it is and the way out,
    `suggestions` are whole searches to choose from instead, `tree` is how the search was understood, if
    that is what the writer has to see.
    """

    def __init__(
        self,
        position: int,
        template: str,
        /,
        suggestions: tuple[str, ...] = (),
        tree: str | None = None,
        **values: object,
    ) -> None:
        self.position = position
        self.template = template
        self.values = values
        self.reason = template.format(**values)
        self.suggestions = suggestions
        self.tree = tree
        super().__init__(self.reason)


class Caution:
    """A warning: the search is used as it stands, and `position` and `message` say what to look at."""

    __slots__ = ("position", "template", "values")

    def __init__(self, position: int, template: str, /, **values: object) -> None:
        self.position = position
        self.template = template
        self.values = values

    @property
    def message(self) -> str:
        """The warning in English."""
        return self.template.format(**self.values)

    def __repr__(self) -> str:
        return f"Caution({self.position}, {self.message!r})"
