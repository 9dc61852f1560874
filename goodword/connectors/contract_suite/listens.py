"""Rules for `listen`: nothing lost, in order, resumable from any cursor, honest about gaps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodword.connectors.contract import Cursor, Delivery, Gap, Listens, Malformed, Refused, Retry
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, World, require

_PATIENCE = 20.0  # seconds until something that must come is missed


@dataclass(slots=True)
class Ear:
    """Listens as the house does: keeps raw items by delivery id, and the cursor after each delivery."""

    subject: Subject
    world: World
    cursor: Cursor = field(default_factory=dict)
    raws: dict[str, bytes] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def listen(self, *, until: set[str], deliveries: int | None = None) -> None:
        """Until all these native ids have been heard, or so many non-empty deliveries have come."""
        if until <= set(self.heard):
            return
        connector, count = self.subject.connector, 0
        assert isinstance(connector, Listens)
        deadline = time.monotonic() + _PATIENCE
        stream = connector.listen(
            settings=self.world.settings,
            cursor=self.cursor,
            stop=lambda: time.monotonic() > deadline,
            now=self.world.now,
        )
        for delivery in stream:
            self._take(delivery)
            count += bool(delivery.raws)
            if until <= set(self.heard) or count == deliveries or time.monotonic() > deadline:
                break
        close = getattr(stream, "close", None)
        if close:
            close()

    def _take(self, delivery: Delivery) -> None:
        self.cursor = json.loads(json.dumps(dict(delivery.cursor)))
        self.gaps.extend(delivery.gaps)
        self._check_told(delivery)
        for raw in delivery.raws:
            known = self.raws.get(raw.delivery_id)
            require(known is None or known == raw.body, f"delivery id {raw.delivery_id!r} always has the same body")
            if known is None:
                self.raws[raw.delivery_id] = raw.body
                self.heard.extend(self._native_ids(raw))

    def _check_told(self, delivery: Delivery) -> None:
        """What a network says of itself can be kept and shown."""
        try:
            told = json.dumps(None if delivery.learned is None else dict(delivery.learned), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ContractBroken(f"what is learned is JSON: {error}") from error
        self.subject.keep_secret(told, "what is learned of the network")
        for quota in delivery.quotas:
            require(quota.name != "" and 0 <= quota.left <= quota.limit, f"a quota says what is left: {quota}")
            require(quota.resets_at is None or quota.resets_at.tzinfo is not None, "a quota's time has a zone")

    def _native_ids(self, raw: object) -> Iterator[str]:
        try:
            heard = self.subject.connector.parse(raw, self.world.settings)  # type: ignore[arg-type]
        except Malformed:
            return
        yield from (each.native_id for each in heard)

    def of(self, said: list[str]) -> list[str]:
        """Which of these were heard, in the order of hearing, each the first time."""
        wanted = set(said)
        return list(dict.fromkeys(each for each in self.heard if each in wanted))


def check_hears_everything(subject: Subject, world: World) -> None:
    """What is said is heard, once and in order; before and while we listen."""
    ear = Ear(subject, world)
    said = world.speak(3)
    ear.listen(until=set(said))
    said += world.speak(2)
    ear.listen(until=set(said))
    require(ear.of(said) == said, f"everything is heard in order: said {said}, heard {ear.of(said)}")


def check_resumes(subject: Subject, world: World) -> None:
    """Stopped after any delivery and begun again from its cursor, nothing is lost."""
    ear = Ear(subject, world)
    said: list[str] = []
    for _ in range(3):
        said += world.speak(2)
        ear.listen(until=set(said), deliveries=1)
    ear.listen(until=set(said))
    require(set(ear.of(said)) == set(said), f"nothing is lost over restarts: {set(said) - set(ear.heard)} never came")


def check_same_ids(subject: Subject, world: World) -> None:
    """Heard again from an older cursor, the same things come with the same delivery ids and bodies."""
    said = world.speak(3)
    first, second = Ear(subject, world), Ear(subject, world)
    first.listen(until=set(said))
    second.listen(until=set(said))
    require(set(second.of(said)) == set(said), "an older cursor brings the same things again")
    common = first.raws.keys() & second.raws.keys()
    require(len(common) >= len(said), "the same things come with the same delivery ids")
    require(all(first.raws[each] == second.raws[each] for each in common), "the same delivery id has the same body")


def check_gaps(subject: Subject, world: World) -> None:
    """An unreachable network ends in `Retry` or `Refused`, or in a gap that is told; what was said is heard later."""
    ear = Ear(subject, world)
    said = world.speak(1)
    ear.listen(until=set(said))
    world.cut()
    gaps_before = len(ear.gaps)
    try:
        with subject.quiet_errors():
            ear.listen(until={"never"}, deliveries=1)
    except (Retry, Refused):
        pass
    except Exception as error:
        raise ContractBroken(f"an unreachable network ends in Retry or Refused, not in {error!r}") from error
    else:
        require(len(ear.gaps) > gaps_before, "an unreachable network is noticed: neither Retry nor a gap came")
    world.mend()
    said += world.speak(1)
    ear.listen(until=set(said))
    is_told = len(ear.gaps) > gaps_before
    require(set(ear.of(said)) == set(said) or is_told, "after a gap everything is heard, or the gap is told")
    for gap in ear.gaps:
        ends = [gap.since, *([gap.until] if gap.until else [])]
        require(all(each.tzinfo is not None for each in ends) and ends == sorted(ends), "a gap has aware, ordered ends")
        require(bool(gap.reason), "a gap has a reason")


def check_echo(subject: Subject, world: World, native_id: str) -> None:
    """Our own reply comes back under the native id that its receipt named."""
    ear = Ear(subject, world)
    ear.listen(until={native_id})
    require(native_id in ear.heard, "our own words come back under the native id of their receipt")
