"""“Test it now”: the secret, the paths on the last payload, and whether answers can be asked for. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from goodword.connectors.contract import Check, Heard, Malformed, Raw, Refused, Retry, Settings
from goodword.connectors.mapping.fields import read_mapping
from goodword.connectors.mapping.payload import Item
from goodword.connectors.mapping.preview import preview
from goodword.connectors.mapping.reading import heard_of
from goodword.connectors.over_http.calls import Absent
from goodword.connectors.webhook.parse import payload_of
from goodword.connectors.webhook.place import read_outside, secret_of
from goodword.connectors.webhook.sending import ask

_SHORTEST_SECRET = 24  # characters; the standard wants 24 bytes at least


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    is_long = len(secret_of(settings)) >= _SHORTEST_SECRET
    detail = "Long enough." if is_long else f"Take one of at least {_SHORTEST_SECRET} characters that nobody can guess."
    yield Check("Secret", passed=is_long, detail=detail)
    try:
        yield from _mapping(settings)
    except (Refused, Malformed) as error:
        yield Check("Mapping", passed=False, detail=str(error))
    if settings.get("reply_address"):
        yield _answers(settings)


def _mapping(settings: Settings) -> Iterator[Check]:
    """Raises `Refused` and `Malformed`."""
    mapping, place = read_mapping(settings), str(settings.get("place") or "")
    raw, sample = settings.get("last_raw"), str(settings.get("sample") or "").strip()
    if not isinstance(raw, Raw):
        if not sample:
            detail = "Once something has come in, it is shown here with its paths. Or paste a payload below."
            yield Check("Payload", passed=True, detail=detail)
            return
        raw = Raw("sample", sample.encode("utf-8", "replace"), "")

    def hear(item: Item) -> Heard:
        return heard_of(item, mapping, place=place, received_at=datetime.now(UTC))

    yield from preview(payload_of(raw), mapping, hear=hear)


def _answers(settings: Settings) -> Check:
    try:
        outside = read_outside(settings)
        if not outside.can_be_asked:
            return Check("Answers", passed=True, detail="Not tried: the first answer is the first thing it gets.")
        ask(outside, "test-of-the-address", datetime.now(UTC))
    except Absent:
        return Check("Answers", passed=True, detail="The address can be asked for answers.")
    except (Refused, Retry) as error:
        return Check("Answers", passed=False, detail=str(error))
    return Check(
        "Answers", passed=False, detail="It says that it knows an answer that was never sent: it must say 404."
    )
