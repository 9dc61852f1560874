"""The worlds that the contract suite tries our connectors in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from goodword.connectors.contract import Author, Outgoing, Settings
from goodword.connectors.simulator.network import Network
from goodword.connectors.simulator.world import Pace
from tests.realmail import RealMail

CUSTOMER = Author(native_id="mara@example.org", name="Mara Jovanović", email="mara@example.org")


def reply_to(native_id: str | None, key: str, *, thread: str | None = None) -> Outgoing:
    """A plain reply."""
    return Outgoing(
        idempotency_key=key,
        text=f"Here is what we did about it ({key}).",
        private=True,
        thread=thread,
        in_reply_to=native_id,
        references=(native_id,) if native_id else (),
        to=CUSTOMER,
        subject="Re: Hello",
    )


class SimulatorWorld:
    """The demo network. Its script stands still; customers speak when its clock is moved on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = {"folder": str(folder), "chatter_seconds": "0", "speed": "0.001", "backlog_days": "0"}
        self._now = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
        self._is_cut = False
        self._loses_receipt = False
        self._last: str | None = None
        pace = Pace(seed=7, speed=0.001, backlog_days=0, reaction=timedelta(days=1), chatter=timedelta(seconds=60))
        self._network = Network(folder, pace)
        self._heard = self._network.hear(0, self._now).until

    @property
    def settings(self) -> Settings:
        changed = {"error_rate": "1"} if self._is_cut else {}
        if self._loses_receipt:
            self._loses_receipt = False
            changed["timeout_rate"] = "1"
        return self._settings | changed

    def now(self) -> datetime:
        return self._now

    def speak(self, count: int) -> list[str]:
        said: list[str] = []
        while len(said) < count:
            self._now += timedelta(seconds=1)
            news = self._network.hear(self._heard, self._now)
            self._heard = news.until
            said += [entry.id for entry, _ in news.told if entry.event == "said" and entry.story.startswith("day-")]
        self._last = said[-1]
        return said

    def cut(self) -> None:
        self._is_cut = True

    def mend(self) -> None:
        self._is_cut = False

    def reply(self, key: str) -> Outgoing:
        return reply_to(self._last, key)

    def arrived(self, key: str) -> int:
        lines = (self._folder / "journal.jsonl").read_text().splitlines()
        return sum(json.loads(line).get("key") == key for line in lines)

    def lose_next_receipt(self) -> None:
        self._loses_receipt = True


class MailWorld:
    """A real mail server, and a customer who writes to the brand."""

    def __init__(self, mail: RealMail) -> None:
        self._mail = mail
        self._said = 0
        self.settings: Settings = mail.settings(copy_wait_seconds="1")

    def now(self) -> datetime:
        return datetime.now(UTC)

    def speak(self, count: int) -> list[str]:
        ids = []
        for _ in range(count):
            self._said += 1
            ids.append(f"said-{self._said}@example.org")
            message = EmailMessage()
            message["From"] = "Mara Jovanović <mara@example.org>"
            message["To"] = "care@harbour.example"
            message["Subject"] = "Hello"
            message["Date"] = format_datetime(datetime.now(UTC))
            message["Message-ID"] = f"<{ids[-1]}>"
            message.set_content(f"This is mail number {self._said}.")
            self._mail.deliver(message)
        return ids

    def cut(self) -> None:
        self._mail.stop_imap()

    def mend(self) -> None:
        self._mail.start_imap()

    def reply(self, key: str) -> Outgoing:
        return reply_to(f"said-{self._said}@example.org", key)

    def arrived(self, key: str) -> int:
        return sum(f"({key})" in str(mail.get_content()) for mail in self._mail.inbox("mara@example.org"))

    def lose_next_receipt(self) -> None:
        self._mail.fail_next("TAKEN", "drop")


class ChatWorld:
    """The house itself: what it has written, the visitor's frame shows."""

    settings: Settings = {}

    def now(self) -> datetime:
        return datetime(2026, 3, 4, 15, 0, tzinfo=UTC)

    def speak(self, count: int) -> list[str]:
        return [f"said-{number}" for number in range(count)]

    def cut(self) -> None:
        raise NotImplementedError

    def mend(self) -> None:
        raise NotImplementedError

    def reply(self, key: str) -> Outgoing:
        return reply_to("said-0", key, thread="visitor-1")

    def arrived(self, key: str) -> int:
        return 1

    def lose_next_receipt(self) -> None:
        raise NotImplementedError
