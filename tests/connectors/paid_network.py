"""A network in memory that takes money for each post read and each reply, and a connector that keeps every rule."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from goodword.connectors.charging import (
    MONTHLY_BUDGET,
    Bottomless,
    BudgetSpent,
    Expense,
    Price,
    Prices,
    Purse,
    affordable,
)
from goodword.connectors.contract import (
    Author,
    Capabilities,
    Check,
    Cursor,
    Delivery,
    Field,
    Heard,
    Outgoing,
    Raw,
    Receipt,
    Settings,
)
from tests.connectors.worlds import reply_to

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
READ = Price("a post read", Decimal("0.005"))
REPLY = Price("a reply", Decimal("0.015"))
REPLY_WITH_LINK = Price("a reply with a link", Decimal("0.20"))


@dataclass
class PaidWorld:
    """What is said there, what was sent, and how often somebody paid for reading."""

    posts: list[str] = field(default_factory=list)
    sent: list[Outgoing] = field(default_factory=list)
    settings: Settings = field(default_factory=dict)
    refuses: Exception | None = None

    def now(self) -> datetime:
        return AT

    def speak(self, count: int) -> list[str]:
        said = [f"post-{len(self.posts) + number}" for number in range(count)]
        self.posts += said
        return said

    def cut(self) -> None:
        raise NotImplementedError

    def mend(self) -> None:
        raise NotImplementedError

    def reply(self, key: str) -> Outgoing:
        return reply_to(self.posts[-1], key)

    def arrived(self, key: str) -> int:
        return sum(each.idempotency_key == key for each in self.sent)

    def lose_next_receipt(self) -> None:
        raise NotImplementedError


class Paid:
    """Keeps every rule."""

    key = "paid"
    label = "Paid"
    fields: Sequence[Field] = (MONTHLY_BUDGET,)

    def __init__(self, world: PaidWorld) -> None:
        self.world = world

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities(can_reply=True)

    def prices(self, settings: Settings) -> Prices:
        return Prices("USD", reading=(READ,), answering=(REPLY, REPLY_WITH_LINK))

    def price_of(self, *, settings: Settings, outgoing: Outgoing) -> Sequence[Expense]:
        return (Expense(REPLY_WITH_LINK if "https://" in outgoing.text else REPLY),)

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        native_id = json.loads(raw.body)
        return (Heard(native_id, Author("mara"), AT, f"This is {native_id}."),)

    def listen(
        self, *, settings: Settings, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime]
    ) -> Iterator[Delivery]:
        return self.listen_within(settings=settings, cursor=cursor, stop=stop, now=now, purse=Bottomless())

    def listen_within(
        self,
        *,
        settings: Settings,
        cursor: Cursor,
        stop: Callable[[], bool],
        now: Callable[[], datetime],
        purse: Purse,
    ) -> Iterator[Delivery]:
        position = int(cursor.get("position", 0))
        while not stop():
            most = self.most(purse, now())
            posts = self.world.posts[position : position + most]
            self.pay(purse, len(posts))
            position += len(posts)
            raws = tuple(Raw(post, json.dumps(post).encode()) for post in posts)
            yield Delivery(raws, {"position": position})
            time.sleep(0.01)

    def most(self, purse: Purse, now: datetime) -> int:
        return affordable(purse, READ, 100, now=now)

    def pay(self, purse: Purse, count: int) -> None:
        if count:
            purse.spend(Expense(READ, count))

    def send(self, *, settings: Settings, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
        if self.world.refuses:
            raise self.world.refuses
        self.world.sent.append(outgoing)
        return Receipt(f"sent-{len(self.world.sent)}", now())

    def find_sent(self, *, settings: Settings, outgoing: Outgoing) -> Receipt | None:
        return None

    def check(self, *, settings: Settings) -> Sequence[Check]:
        return self.check_within(settings=settings, now=self.world.now, purse=Bottomless())

    def check_within(self, *, settings: Settings, now: Callable[[], datetime], purse: Purse) -> Sequence[Check]:
        try:
            posts = self.world.posts[-min(self.most(purse, now()), 3) :]
        except BudgetSpent as rest:
            return (Check("Posts", passed=False, detail=str(rest)),)
        self.pay(purse, len(posts))
        heard = tuple(Heard(post, Author("mara"), AT, f"This is {post}.") for post in posts)
        return (Check("Posts", passed=True, heard=heard),)
