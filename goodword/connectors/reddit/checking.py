"""“Test it now”: sign in, and look at each subreddit and search. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator

from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.reddit.parse import parse
from goodword.connectors.reddit.place import NETWORK, Place, Timeline, read_place
from goodword.connectors.reddit.session import Session
from goodword.connectors.reddit.things import Thing, raw_of, read_listing

_SHOWN = 3


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        place = read_place(settings)
        with Session(place) as session:
            session.sign_in()
            who = f"Signed in as u/{place.username}." if place.username else "Signed in; without an account to answer."
            yield Check(NETWORK, passed=True, detail=who)
            yield from (_look(session, timeline, place) for timeline in place.timelines)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _look(session: Session, timeline: Timeline, place: Place) -> Check:
    """Raises `Retry`."""
    try:
        listing = read_listing(session.get(timeline.path, [*timeline.query, ("limit", str(_SHOWN))]))
    except Refused as error:
        return Check(timeline.key, passed=False, detail=f"{error} Is it written right, and open to all?")
    heard = tuple(heard for each in listing.things() if (heard := _heard(each, place)))
    return Check(timeline.key, passed=True, detail="Can be heard." if heard else "Nothing yet.", heard=heard)


def _heard(thing: Thing, place: Place) -> Heard | None:
    try:
        heard = parse(raw_of(thing, username=place.username))
    except Malformed:
        return None
    return None if heard.deleted else heard
