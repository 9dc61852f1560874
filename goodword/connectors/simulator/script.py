"""The script as data: who the customers are, what they say in the demo week, and what they say without a script."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

Flavour = Literal["post", "review", "message", "mail"]

ORDINARY = "day-"  # how the ids of the stories after the script begin
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Person(msgspec.Struct, frozen=True):
    """A customer of the demo brand."""

    name: str
    handle: str
    email: str
    followers: int = 0
    lang: str = "en"


class Beat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing said in a story, `after` its beginning; `edit` and `delete` name an earlier beat by its position."""

    text: str = ""
    after: str = "0m"
    by: Literal["customer", "brand"] = "customer"
    picture: str = ""
    edit: int | None = None
    delete: int | None = None


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One conversation, and how the customer reacts to what the brand does. Empty lines come from `Lines`."""

    id: str
    by: str
    channel: Flavour
    at: str
    beat: tuple[Beat, ...]
    subject: str = ""
    rating: float | None = None
    react: bool = True  # whether the customer ever writes again because of something the brand said
    patience: str = "12h"
    chase: tuple[str, ...] = ()
    thanks: str = ""
    pushback: str = ""
    confirm: str = ""
    dispute: str = ""
    rate: int | None = None
    solved_by: Literal["help", "second try"] = "help"
    incident: str = ""


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one language where a story has no words of its own."""

    thanks: tuple[str, ...]
    pushback: tuple[str, ...]
    chase: tuple[str, ...]
    confirm: tuple[str, ...]
    dispute: tuple[str, ...]
    rating: tuple[str, ...]  # from five down to one


class Remark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A story of one sentence with gaps for an order number and an article."""

    channel: Flavour
    text: str
    subject: str = ""
    rating: float | None = None
    react: bool = True
    solved_by: Literal["help", "second try"] = "help"


class Chatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes on after the script has ended."""

    items: tuple[str, ...]
    names: tuple[str, ...]
    remark: tuple[Remark, ...]


class Script(msgspec.Struct, frozen=True):
    """All of it."""

    cast: Mapping[str, Person]
    stories: tuple[Story, ...]
    lines: Mapping[str, Lines]
    chatter: Chatter

    def person(self, key: str) -> Person:
        """The customer of this key; those of the chatter are named by their key."""
        known = self.cast.get(key)
        if known is not None:
            return known
        name = next(name for name in self.chatter.names if _slug(name) == key)
        return Person(name=name, handle=key.replace("-", "."), email=f"{key}@example.com", followers=50 + len(key) * 9)

    def ordinary_story(self, index: int, seed: int) -> Story:
        """The story number `index` of the days after the script; the same for the same seed."""
        chance = random.Random(f"{seed}/chatter/{index}")  # noqa: S311 - a script, not a secret
        remark = chance.choice(self.chatter.remark)
        words = {"order": str(40800 + index), "item": chance.choice(self.chatter.items)}
        return Story(
            id=f"{ORDINARY}{index}",
            by=_slug(chance.choice(self.chatter.names)),
            channel=remark.channel,
            at="",
            beat=(Beat(text=remark.text.format_map(words)),),
            subject=remark.subject.format_map(words),
            rating=remark.rating,
            react=remark.react,
            solved_by=remark.solved_by,
        )


def span(written: str) -> timedelta:
    """A length of time such as `90m`, `5h` or `2d`."""
    return timedelta(**{_UNITS[written[-1]]: float(written[:-1])})


def moment(written: str) -> timedelta:
    """A moment such as `wed 13:04`, as the time since Monday at midnight."""
    day, clock = written.split()
    hours, minutes = clock.split(":")
    return timedelta(days=_DAYS.index(day), hours=int(hours), minutes=int(minutes))


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())


@cache
def load() -> Script:
    """Read the script from the files beside this module."""
    week = files(__package__) / "week"
    decode = msgspec.toml.decode
    stories: list[Story] = []
    for part in sorted(week.iterdir(), key=lambda file: file.name):
        if part.name[0].isdigit():
            stories += decode(part.read_bytes(), type=dict[str, list[Story]])["story"]
    return Script(
        cast=decode((week / "cast.toml").read_bytes(), type=dict[str, Person]),
        stories=tuple(stories),
        lines=decode((week / "lines.toml").read_bytes(), type=dict[str, Lines]),
        chatter=decode((week / "chatter.toml").read_bytes(), type=Chatter),
    )
