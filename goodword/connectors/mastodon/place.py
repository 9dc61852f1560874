"""The settings of a source: which instance, as whom, and what is listened to there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from goodword.connectors.contract import Field, FieldKind, Refused, Settings
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.over_http.calls import Api
from goodword.connectors.pacing import history_days, span_of

NETWORK = "Mastodon"
_TAG = re.compile(r"\w{1,100}")

_HISTORY = history_days(7, maximum=30)
FIELDS: Sequence[Field] = (
    Field(
        "instance",
        _("Address of the instance"),
        help=_("Where the brand's account is at home, e.g. https://mastodon.example"),
        kind=FieldKind.ADDRESS,
        guards_secrets=True,
    ),
    Field(
        "token",
        _("Access token"),
        help=_("Of an application that you make there yourself. Signing in there fills it in."),
        secret=True,
    ),
    Field("grant", _("What renews the token"), secret=True, required=False, obtained=True),
    Field(
        "hashtags",
        _("Hashtags to hear"),
        help=_("Beside what mentions you. Separated by spaces or commas, without #."),
        required=False,
    ),
    Field(
        "phrases",
        _("Words to search for"),
        help=_("One search a line, where the instance can search. People decide there whether they can be found."),
        required=False,
        multiline=True,
    ),
    Field(
        "public",
        _("Everything in public"),
        help=_("All public posts that the instance knows, for your saved searches. Large instances say a lot."),
        default="no",
        choices=(("no", _("No")), ("local", _("What is written on this instance")), ("all", _("What it knows of all"))),
        required=False,
    ),
    _HISTORY,
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Something that can be asked for page by page, and that a stream tells of as it happens."""

    key: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    stream: tuple[tuple[str, str], ...] = ()  # what subscribes to it; nothing where another timeline's stream tells it
    looks_back: bool = True
    is_needed: bool = True  # False: an instance may keep it to itself
    is_public: bool = False  # too much to keep: saved searches say what of it is


@dataclass(frozen=True, slots=True)
class Place:
    """An account on an instance."""

    instance: str
    token: str = field(repr=False)
    hashtags: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    public: str = "no"
    history: timedelta = timedelta(days=7)
    learned: Mapping[str, Any] = field(default_factory=dict)

    def api(self) -> Api:
        """Calls to the instance. Raises `Refused`."""
        return Api(self.instance, network=NETWORK, headers=self.authorization)

    @property
    def authorization(self) -> dict[str, str]:
        """The header that says who we are."""
        return {"Authorization": f"Bearer {self.token}"}

    def timelines(self, own_id: str) -> list[Timeline]:
        """What is listened to, for the account of this id."""
        mentions = (("types[]", "mention"),)
        own = f"/api/v1/accounts/{own_id}/statuses"
        found = [
            Timeline("mentions", "/api/v1/notifications", mentions, (("stream", "user"),)),
            Timeline("own", own, (("exclude_reblogs", "true"),)),
        ]
        for tag in self.hashtags:
            subscription = (("stream", "hashtag"), ("tag", tag))
            found.append(Timeline(f"#{tag}", f"/api/v1/timelines/tag/{tag}", (), subscription, is_needed=False))
        if self.public != "no":
            local = self.public == "local"
            query = (("local", "true"),) if local else ()
            stream = (("stream", "public:local" if local else "public"),)
            found.append(
                Timeline("public", "/api/v1/timelines/public", query, stream, False, is_needed=False, is_public=True)
            )
        return found


def read_place(settings: Settings) -> Place:
    """Raises `Refused` with the setting to mend."""
    instance = origin_of(settings)
    token = str(settings.get("token") or "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise Refused("Setting “Access token”: it is missing, or has letters that no token has.")
    tags = tuple(dict.fromkeys(str(settings.get("hashtags") or "").lower().replace("#", " ").replace(",", " ").split()))
    if wrong := [tag for tag in tags if not _TAG.fullmatch(tag)]:
        raise Refused(f"Setting “Hashtags to hear”: {wrong[0][:50]!r} is no hashtag.")
    return Place(
        instance=instance,
        token=token,
        hashtags=tags,
        phrases=tuple(line.strip() for line in str(settings.get("phrases") or "").splitlines() if line.strip()),
        public=str(settings.get("public") or "no"),
        history=span_of(_HISTORY, settings),
        learned=settings.get("learned") or {},
    )


def origin_of(settings: Settings) -> str:
    """The instance's address without what comes after its host; https where nothing is said. Raises `Refused`."""
    typed = str(settings.get("instance") or "").strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        raise Refused("Setting “Address of the instance”: this is no address.")
    return f"{parts.scheme}://{parts.netloc}"
