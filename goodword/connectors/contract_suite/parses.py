"""Rules for `parse`: pure, total, and what it gives can be stored."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodword.connectors.contract import (
    MAX_ADDRESS,
    MAX_ID,
    MAX_LANGUAGE,
    Author,
    Direction,
    Heard,
    Kind,
    Malformed,
    Raw,
)
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, require
from goodword.connectors.storable import is_storable

_EXAMPLES = 150


def check_recorded(subject: Subject) -> None:
    """Recorded payloads parse to something, the same each time, and leave the settings alone."""
    require(len(subject.recorded) > 0, "there are recorded payloads")
    before = copy.deepcopy(dict(subject.settings))
    for raw in subject.recorded:
        heard = list(subject.connector.parse(raw, subject.settings))
        require(len(heard) > 0, f"the recorded payload {raw.delivery_id!r} says something")
        require(heard == list(subject.connector.parse(raw, subject.settings)), "the same bytes give the same result")
        for each in heard:
            check_heard(each)
            subject.keep_secret(repr(each), "what was heard")
    require(before == dict(subject.settings), "parse doesn't change the settings")
    ids = [raw.delivery_id for raw in subject.recorded]
    require(len(ids) == len(set(ids)), "two deliveries don't share an id")
    for delivery_id in ids:
        require(0 < len(delivery_id) <= MAX_ID and is_storable(delivery_id), f"delivery id {delivery_id!r} can be kept")


def check_malformed(subject: Subject) -> None:
    """What can't be understood says why."""
    for raw in subject.malformed:
        try:
            subject.connector.parse(raw, subject.settings)
        except Malformed as reason:
            require(len(str(reason)) > 5, "`Malformed` comes with a reason")
            subject.keep_secret(str(reason), "the text of Malformed")
        else:
            raise ContractBroken(f"the malformed payload {raw.delivery_id!r} is refused")


def check_total(subject: Subject) -> None:
    """Any bytes, and any damage to a real payload, give `Heard` that can be stored, or `Malformed`."""
    kinds = sorted({raw.content_type for raw in subject.recorded})
    bodies = st.binary(max_size=300) | damaged(subject.recorded)

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(body=bodies, kind=st.sampled_from(kinds) | st.text(max_size=40))
    def attempt(body: bytes, kind: str) -> None:
        try:
            heard = subject.connector.parse(Raw("x", body, kind), subject.settings)
        except Malformed:
            return
        except Exception as error:
            raise ContractBroken(f"parse raises Malformed and nothing else, not {error!r} for {body!r}") from error
        for each in heard:
            check_heard(each)

    attempt()


def damaged(raws: Sequence[Raw]) -> st.SearchStrategy[bytes]:
    """A recorded payload with a piece of it replaced."""
    recorded = st.sampled_from([raw.body for raw in raws])
    pieces = st.binary(max_size=6) | st.sampled_from(
        [
            b"\x00",
            b"\\u0000",
            b"\\ud800",
            b"\xff\xfe",
            b'"',
            b"{",
            b"<",
            b"\r\n\r\n",
            b"null",
            b"-1",
            b"1e999",
            b"9" * 40,
        ]
    )

    @st.composite
    def build(draw: st.DrawFn) -> bytes:
        body = draw(recorded)
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 40)))
        return body[:start] + draw(pieces) + (body[end:] if draw(st.booleans()) else b"")

    return build()


def check_heard(heard: Heard) -> None:
    """What was heard can be stored, and says what it must."""
    require(isinstance(heard, Heard), "parse gives `Heard`")
    require(heard.at.tzinfo is not None and heard.at.utcoffset() is not None, "times have a zone")
    ids = [heard.native_id, *heard.references, *filter(None, (heard.parent, heard.thread))]
    if heard.author.native_id or not heard.deleted:  # a network may tell of a deletion by the post's id alone
        ids.append(heard.author.native_id)
    require(all(0 < len(each) <= MAX_ID for each in ids), f"ids have 1 to {MAX_ID} characters: {ids!r}")
    author = heard.author
    short = (author.handle, author.email, heard.thread_scope, *heard.addressed)
    require(all(len(each) <= MAX_ADDRESS for each in short), f"handles and addresses have at most {MAX_ADDRESS}")
    require(heard.lang is None or 0 < len(heard.lang) <= MAX_LANGUAGE, "a language is a short tag, or None")
    require(isinstance(heard.direction, Direction) and isinstance(heard.kind, Kind), "direction and kind are enums")
    require(heard.rating is None or 0 <= heard.rating <= 5, "a rating is 0 to 5 stars")
    require(author.followers is None or 0 <= author.followers < 2**63, "followers can be counted")
    require(not (heard.deleted and heard.text), "what is deleted has no text")
    require(heard.idempotency_key is None or heard.direction is Direction.OUT, "only our own words have a key of ours")
    require(all((each.content is None) != (each.url is None) for each in heard.media), "media have content or a url")
    unstorable = [text for text in _texts(heard) if not is_storable(text)]
    require(not unstorable, f"text can be stored: {unstorable[:1]!r}")
    try:
        json.dumps(dict(heard.extra), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ContractBroken(f"extra is JSON: {error}") from error


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, Heard | Author) or hasattr(value, "__dataclass_fields__"):
        for each in fields(value):  # type: ignore[arg-type]
            yield from _texts(getattr(value, each.name))
