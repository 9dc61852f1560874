"""The settings of a source: what is searched for, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Api
from goodword.connectors.pacing import history_days, span_of

NETWORK = "Hacker News"
_MOST_PHRASES = 20

_HISTORY = history_days(7, maximum=365)
FIELDS: Sequence[Field] = (
    Field(
        "phrases",
        _("Words to search for"),
        help=_("One search a line: the brand, its products, its site. Words in quotes must stand together."),
        multiline=True,
    ),
    _HISTORY,
    Field(
        "search_address",
        _("Address of the search"),
        help=_("Leave it as it is, unless you try a simulator."),
        default="https://hn.algolia.com",
        required=False,
        kind=FieldKind.ADDRESS,
    ),
    Field(
        "items_address",
        _("Address of the items"),
        help=_("Leave it as it is, unless you try a simulator."),
        default="https://hacker-news.firebaseio.com",
        required=False,
        kind=FieldKind.ADDRESS,
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What is searched for, and where."""

    phrases: tuple[str, ...]
    history: timedelta
    search: str
    items: str

    def search_api(self) -> Api:
        """Finds (https://hn.algolia.com/api). Raises `Refused`."""
        return Api(self.search, network=f"The search of {NETWORK}")

    def items_api(self) -> Api:
        """Tells what stands there (https://github.com/HackerNews/API). Raises `Refused`."""
        return Api(self.items, network=NETWORK)


def read_place(settings: Settings) -> Place:
    """Raises `Refused` with the setting to mend."""
    phrases = tuple(dict.fromkeys(line.strip() for line in str(settings.get("phrases") or "").splitlines()))
    phrases = tuple(each for each in phrases if any(letter.isalnum() for letter in each))
    if not phrases or len(phrases) > _MOST_PHRASES:
        raise Refused(f"Setting “Words to search for”: from one line to {_MOST_PHRASES}, with words in each.")
    defaults = {field.name: field.default for field in FIELDS}
    search, items = (_origin(settings, name, defaults[name]) for name in ("search_address", "items_address"))
    return Place(phrases, span_of(_HISTORY, settings), search, items)


def _origin(settings: Settings, name: str, default: str) -> str:
    given = str(settings.get(name) or default).strip().rstrip("/")
    return given if "://" in given else f"https://{given}"
