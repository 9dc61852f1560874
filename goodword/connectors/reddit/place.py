"""The settings of a source: as which application, what is heard, and as whom we answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.pacing import history_days, span_of

NETWORK = "Reddit"
_SUBREDDIT = re.compile(r"[A-Za-z0-9_]{2,30}")
_USER = re.compile(r"[A-Za-z0-9_-]{3,20}")
_MOST = 20  # searches and subreddits together: each needs one or two requests a round

_HISTORY = history_days(7, maximum=30)
FIELDS: Sequence[Field] = (
    Field("client_id", _("Number of the application"), help=_("It stands below the application's name.")),
    Field("client_secret", _("Secret of the application"), secret=True),
    Field(
        "subreddits",
        _("Subreddits to hear all of"),
        help=_("Your own, or those about you. Separated by spaces or commas, without r/."),
        required=False,
    ),
    Field(
        "phrases",
        _("Words to search for"),
        help=_("In posts of all subreddits; comments can't be searched there. One search a line."),
        required=False,
        multiline=True,
    ),
    Field(
        "username",
        _("Account that answers"),
        help=_("Without it you only listen. The application must be a script of this account's."),
        required=False,
    ),
    Field("password", _("Password of that account"), secret=True, required=False),
    _HISTORY,
    Field(
        "sign_in_address",
        _("Address for signing in"),
        help=_("Leave it as it is, unless you try a simulator."),
        default="https://www.reddit.com",
        required=False,
        kind=FieldKind.ADDRESS,
        guards_secrets=True,
    ),
    Field(
        "api_address",
        _("Address of the API"),
        help=_("Leave it as it is, unless you try a simulator."),
        default="https://oauth.reddit.com",
        required=False,
        kind=FieldKind.ADDRESS,
        guards_secrets=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Something that can be asked for page by page, newest first."""

    key: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    is_late: bool = False  # learns of things late, as a search does


@dataclass(frozen=True, slots=True)
class Place:
    """An application, and an account if it answers."""

    client_id: str
    client_secret: str = field(repr=False)
    subreddits: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    username: str = ""
    password: str = field(default="", repr=False)
    history: timedelta = timedelta(days=7)
    sign_in: str = ""
    api: str = ""

    @property
    def timelines(self) -> list[Timeline]:
        """What is listened to."""
        found = []
        for name in self.subreddits:
            found.append(Timeline(f"r/{name}", f"/r/{name}/new"))
            found.append(Timeline(f"r/{name}, comments", f"/r/{name}/comments"))
        for phrase in self.phrases:
            query = (("q", phrase), ("sort", "new"), ("type", "link"))
            found.append(Timeline(f"“{phrase}”", "/search", query, is_late=True))
        if self.username:
            found.append(Timeline("our own", f"/user/{self.username}/comments"))
            found.append(Timeline("answers to us", "/message/inbox"))
        return found


def read_place(settings: Settings) -> Place:
    """Raises `Refused` with the setting to mend."""
    typed = {each.name: str(settings.get(each.name) or each.default).strip() for each in FIELDS}
    for name in ("client_id", "client_secret", "password"):
        if not typed[name].isprintable() or (name == "client_id" and not typed[name].isascii()):
            raise Refused(f"Setting “{_label(name)}”: it has letters that none has.")
    if not typed["client_id"] or not typed["client_secret"]:
        raise Refused("Settings “Number of the application” and “Secret of the application”: one is missing.")
    subreddits = tuple(dict.fromkeys(each.removeprefix("r/") for each in typed["subreddits"].replace(",", " ").split()))
    if wrong := [each for each in subreddits if not _SUBREDDIT.fullmatch(each)]:
        raise Refused(f"Setting “Subreddits to hear all of”: {wrong[0][:50]!r} is no subreddit.")
    phrases = tuple(dict.fromkeys(line.strip() for line in typed["phrases"].splitlines() if line.strip()))
    if not 0 < len(subreddits) + len(phrases) <= _MOST:
        raise Refused(f"Say what to hear: subreddits and words to search for, {_MOST} at most together.")
    username = typed["username"].removeprefix("u/")
    if username and (not _USER.fullmatch(username) or not typed["password"]):
        raise Refused("Setting “Account that answers”: it is no name of an account, or its password is missing.")
    return Place(
        client_id=typed["client_id"],
        client_secret=typed["client_secret"],
        subreddits=subreddits,
        phrases=phrases,
        username=username,
        password=typed["password"],
        history=span_of(_HISTORY, settings),
        sign_in=_origin(typed["sign_in_address"]),
        api=_origin(typed["api_address"]),
    )


def _label(name: str) -> str:
    return next(each.label for each in FIELDS if each.name == name)


def _origin(typed: str) -> str:
    return (typed if "://" in typed else f"https://{typed}").rstrip("/")
