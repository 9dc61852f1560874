"""“Test it now”: each step of connecting, and the last things said there. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.mastodon.entities import Notification, raw_of
from goodword.connectors.mastodon.instance import Instance, Me, ask_instance, ask_who_we_are
from goodword.connectors.mastodon.listening import stream_address
from goodword.connectors.mastodon.parse import parse
from goodword.connectors.mastodon.place import NETWORK, Place, read_place
from goodword.connectors.over_http.calls import Api
from goodword.connectors.reach import web_networks
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.websocket import Disconnected, WebSocket

_SHOWN = 3


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        place = read_place(settings)
        with place.api() as api:
            yield from _steps(place, api)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _steps(place: Place, api: Api) -> Iterator[Check]:
    instance = ask_instance(api)
    limits = instance.configuration.statuses
    detail = f"{instance.domain}, version {instance.version}; up to {limits.max_characters} characters."
    yield Check("Instance", passed=True, detail=detail)
    me = ask_who_we_are(api)
    yield Check("Account", passed=True, detail=f"Signed in as @{me.acct}@{instance.domain}.")
    yield _mentions(api, me)
    for timeline in place.timelines(me.id):
        if not timeline.is_needed:
            yield _open(api, timeline.key, timeline.path, timeline.query)
    for phrase in place.phrases:
        yield _open(api, f"“{phrase}”", "/api/v2/search", (("q", phrase), ("type", "statuses")))
    yield _stream(place, instance)


def _mentions(api: Api, me: Me) -> Check:
    query = [("types[]", "mention"), ("limit", str(_SHOWN))]
    try:
        page = api.get("/api/v1/notifications", query).read(list[Notification])
    except (Refused, Retry) as error:
        return Check("Mentions", passed=False, detail=f"{error} The token needs read:notifications and read:statuses.")
    heard = tuple(_heard(each.post, me) for each in page if each.post is not None)
    said = tuple(each for each in heard if each is not None)
    detail = f"The last {len(said)} are shown below." if said else "Nobody has mentioned this account yet."
    return Check("Mentions", passed=True, detail=detail, heard=said)


def _heard(post: bytes, me: Me) -> Heard | None:
    try:
        return parse(raw_of(post, me.id)[1])
    except (Malformed, msgspec.DecodeError):
        return None


def _open(api: Api, name: str, path: str, query: tuple[tuple[str, str], ...]) -> Check:
    try:
        api.get(path, [*query, ("limit", "1")])
    except (Refused, Retry) as error:
        return Check(name, passed=False, detail=f"{error} Take it out, or ask who runs the instance.")
    return Check(name, passed=True, detail="Can be heard.")


def _stream(place: Place, instance: Instance) -> Check:
    try:
        with WebSocket.connect(stream_address(instance, place), headers=place.authorization, also=web_networks()):
            return Check("Stream", passed=True, detail="Open: what is said comes in at once.")
    except (Disconnected, Forbidden) as error:
        detail = f"It can't be opened, so that we ask every 15 seconds instead. {error}"
        return Check("Stream", passed=True, detail=detail)
