"""The demo network as a connector."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from goodword.connectors.contract import (
    Capabilities,
    Check,
    Count,
    Cursor,
    Delivery,
    Field,
    FieldKind,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Refused,
    Settings,
    Uncertain,
)
from goodword.connectors.contract import gettext_noop as _
from goodword.connectors.delivery_reports import DeliveryReport
from goodword.connectors.simulator.events import parse, reports, to_raw
from goodword.connectors.simulator.faults import Fate, FaultRates, Faults
from goodword.connectors.simulator.journal import Entry
from goodword.connectors.simulator.network import Network, News
from goodword.connectors.simulator.world import Pace

_LOOK_EVERY = 0.25  # seconds between two looks at the network
_NO_ANSWER = "The demo network didn't answer in time."
_SIGN_OF_LIFE = 20.0  # seconds without news until an empty delivery says that we listen


def _share(name: str, label: str) -> Field:
    return Field(name, label, default="0", required=False, kind=FieldKind.NUMBER, minimum=0, maximum=1)


def _seconds(name: str, label: str, default: str, help: str = "") -> Field:
    return Field(name, label, help, required=False, default=default, kind=FieldKind.NUMBER, minimum=0, maximum=86_400)


class Simulator:
    """A demo brand's customers, who write, react to answers, and say whether their problem is solved."""

    key = "simulator"
    label = _("Simulator")
    fields: Sequence[Field] = (
        Field(
            "folder",
            _("Folder"),
            help=_("Where the demo network keeps its journal; delete it to begin the week again."),
        ),
        Field(
            "seed",
            _("Seed"),
            help=_("The same number tells the same story."),
            default="7",
            required=False,
            kind=FieldKind.INTEGER,
        ),
        Field(
            "speed",
            _("Speed"),
            help=_("How many times faster than life the script goes on once the demo has started."),
            default="60",
            required=False,
            kind=FieldKind.NUMBER,
            minimum=0.001,
            maximum=100_000,
        ),
        Field(
            "backlog_days",
            _("Days of past"),
            help=_("0 to 6; written at once at the start."),
            default="6",
            required=False,
            kind=FieldKind.INTEGER,
            minimum=0,
            maximum=6,
        ),
        _seconds("reaction_seconds", _("Seconds until a customer reacts"), "25"),
        _seconds(
            "chatter_seconds",
            _("Seconds between ordinary posts"),
            "240",
            help=_("Everyday posts beside the script; 0 for none."),
        ),
        _share("error_rate", _("Share of failing requests")),
        _share("timeout_rate", _("Share of posts without an answer")),
        _share("duplicate_rate", _("Share of events that come twice")),
        _share("disconnect_rate", _("Share of deliveries after which the line drops")),
    )

    def capabilities(self, settings: Settings) -> Capabilities:
        """Answers in public and in private; the network knows what it was sent."""
        return Capabilities(
            can_reply=True,
            can_reply_privately=True,
            can_find_sent=True,
            authors_proven=True,
            max_length=1000,
            count=Count.GRAPHEMES,
            icon="flask-conical",
        )

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        """Pure; raises `Malformed`."""
        return parse(raw)

    def reports(self, raw: Raw, settings: Settings) -> Sequence[DeliveryReport]:
        """That a post was delivered, and sometimes that it was read. Pure; raises `Malformed`."""
        return reports(raw)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        """The network's events after the cursor, as they happen. Raises `Retry` and `Refused`."""
        network, faults = _network(settings), _faults(settings)
        heard = int(cursor.get("n", 0))
        quiet_since = time.monotonic()
        while not stop():
            faults.before_request()
            news = network.hear(heard, now())
            is_quiet = news.until == heard
            if not is_quiet or time.monotonic() - quiet_since > _SIGN_OF_LIFE:
                heard = news.until
                yield Delivery(raws=tuple(_raws(news, faults)), cursor={"n": heard})
                faults.after_delivery()
                quiet_since = time.monotonic()
            if is_quiet:
                time.sleep(_LOOK_EVERY)

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        """Post once for each idempotency key. Raises `Refused`, `Retry`, `Uncertain`."""
        network, faults = _network(settings), _faults(settings)
        faults.before_request()
        fate = faults.fate_of_post()
        if fate is Fate.LOST:
            raise Uncertain(_NO_ANSWER)
        entry = network.accept(outgoing, now())
        if fate is Fate.TAKEN_IN_SILENCE:
            raise Uncertain(_NO_ANSWER)
        return _receipt(entry)

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        """What the network's journal says. Raises `Uncertain`."""
        network, faults = _network(settings), _faults(settings)
        faults.before_question()
        entry = network.find(outgoing.idempotency_key, datetime.now(UTC))
        return _receipt(entry) if entry else None

    def check(self, *, settings: Settings) -> Sequence[Check]:
        """Whether the folder, or the one it will be made in, can be written and the settings are numbers."""
        try:
            _faults(settings)
            _network(settings)
        except Refused as error:
            return (Check("Settings", passed=False, detail=str(error)),)
        folder = Path(settings["folder"])
        there = folder if folder.exists() else folder.parent
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            return (Check("Folder", passed=False, detail=f"{there} can't be written to: name a folder that can."),)
        return (Check("Settings", passed=True), Check("Folder", passed=True, detail=str(folder)))


def _raws(news: News, faults: Faults) -> Iterator[Raw]:
    for entry, story in news.told:
        raw = to_raw(entry, story)
        yield raw
        if faults.is_duplicated():
            yield raw


def _receipt(entry: Entry) -> Receipt:
    return Receipt(native_id=entry.id, at=entry.at)


def _number(settings: Settings, name: str, default: float) -> float:
    given = settings.get(name)
    return default if given in (None, "") else float(given)


@cache
def _network_in(folder: Path, pace: Pace) -> Network:
    return Network(folder, pace)


def _network(settings: Settings) -> Network:
    if not settings.get("folder"):
        raise Refused("The simulator needs a folder to keep its journal in.")
    try:
        chatter = _number(settings, "chatter_seconds", 240)
        pace = Pace(
            seed=int(_number(settings, "seed", 7)),
            speed=max(_number(settings, "speed", 60), 0.001),
            backlog_days=min(max(int(_number(settings, "backlog_days", 6)), 0), 6),
            reaction=timedelta(seconds=_number(settings, "reaction_seconds", 25)),
            chatter=timedelta(seconds=chatter) if chatter > 0 else None,
        )
    except (ValueError, OverflowError) as error:
        raise Refused(f"A setting of the simulator is not a number: {error}.") from error
    return _network_in(Path(settings["folder"]), pace)


@cache
def _faults_drawn_by(rates: FaultRates, seed: int) -> Faults:
    return Faults(rates, seed)


def _faults(settings: Settings) -> Faults:
    try:
        return _faults_drawn_by(FaultRates.of(settings), int(_number(settings, "seed", 7)))
    except ValueError as error:
        raise Refused(f"A setting of the simulator is wrong: {error}.") from error
