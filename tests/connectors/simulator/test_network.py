"""The demo network: customers who react, and a journal that survives anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goodword.connectors.contract import (
    Author,
    Direction,
    Heard,
    Kind,
    Outgoing,
    Purpose,
    Receipt,
    Refused,
    Retry,
    Settings,
    Uncertain,
)
from goodword.connectors.delivery_reports import DeliveryReport, Reported
from goodword.connectors.simulator import connector
from goodword.connectors.simulator.connector import Simulator

START = datetime(2026, 3, 8, 15, 30, tzinfo=UTC)
HELP = "Hello, I have cancelled the second charge just now; your bank shows it within three days. I am sorry."
BRUSH_OFF = "We apologise for any inconvenience."


class Demo:
    """A brand on the demo network, with a clock of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.settings: Settings = {"folder": str(folder), "chatter_seconds": "0"} | settings
        self.now = START
        self.cursor: dict[str, int] = {}
        self.keys = 0
        self.heard: list[Heard] = []
        self.told: list[DeliveryReport] = []

    def hear(self, after: timedelta = timedelta(0)) -> list[Heard]:
        """What came in until so much later."""
        self.now += after
        known = len(self.heard)
        looks = iter([False, False, True])
        stream = Simulator().listen(
            settings=self.settings, cursor=self.cursor, stop=lambda: next(looks), now=lambda: self.now
        )
        for delivery in stream:
            self.cursor = dict(delivery.cursor)
            self.heard += [each for raw in delivery.raws for each in Simulator().parse(raw, self.settings)]
            self.told += [each for raw in delivery.raws for each in Simulator().reports(raw, self.settings)]
        return self.heard[known:]

    def reports(self, after: timedelta) -> list[DeliveryReport]:
        """What the network told of our posts until so much later."""
        known = len(self.told)
        self.hear(after)
        return self.told[known:]

    def answer(self, to: str, text: str, purpose: Purpose = Purpose.REPLY, *, key: str = "") -> Receipt:
        self.keys += 1
        outgoing = Outgoing(key or f"key-{self.keys}", text, True, None, to, (), Author("x"), purpose=purpose)
        return Simulator().send(settings=self.settings, outgoing=outgoing, now=lambda: self.now)

    def reaction(self, to: str, text: str, purpose: Purpose = Purpose.REPLY) -> str | None:
        """What the customer says to it within a minute."""
        self.hear()
        receipt = self.answer(to, text, purpose)
        replies = [h for h in self.hear(timedelta(seconds=60)) if h.parent == receipt.native_id]
        assert len(replies) <= 1
        return replies[0].text if replies else None


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is the test's own, so that nothing needs to be waited for."""
    monkeypatch.setattr(connector, "_LOOK_EVERY", 0.0)


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return Demo(tmp_path / "network", speed="0.001")


def test_the_first_days_are_there_at_once_in_their_own_time(demo: Demo) -> None:
    heard = demo.hear()
    said = [each for each in heard if not each.deleted and "changed_at" not in each.extra]
    assert len(said) > 60
    assert [each.at for each in said] == sorted(each.at for each in said)
    assert START - timedelta(days=7) < said[0].at < START - timedelta(days=5)
    assert START - timedelta(minutes=10) < said[-1].at <= START
    assert {each.kind for each in heard} == {Kind.POST, Kind.REPLY, Kind.REVIEW, Kind.CHAT, Kind.MAIL}
    assert {each.direction for each in heard} == {Direction.IN, Direction.OUT}
    assert demo.hear() == []


def test_the_same_seed_tells_the_same_story(tmp_path: Path) -> None:
    def play(name: str, seed: str) -> list[tuple[str, datetime, str]]:
        demo = Demo(tmp_path / name, seed=seed, chatter_seconds="30")
        heard = [*demo.hear(), *demo.hear(timedelta(minutes=5)), *demo.hear(timedelta(minutes=5))]
        return [(each.native_id, each.at, each.text) for each in heard]

    assert play("one", "7") == play("two", "7")
    assert play("one", "7") != play("three", "8")


def test_the_rest_of_the_week_plays_live_and_faster(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "network", speed="60")
    demo.hear()
    live = demo.hear(timedelta(minutes=8))
    assert len(live) >= 8
    assert all(START < each.at <= demo.now for each in live)


def test_edits_and_deletions_come_under_the_same_id(demo: Demo) -> None:
    heard = demo.hear()
    versions = [each.text for each in heard if each.native_id == "review-poles.beat-0"]
    assert len(versions) == 2
    assert versions[1].startswith(versions[0])
    gone = [each for each in heard if each.native_id == "outage-nora.beat-0"]
    assert [each.deleted for each in gone] == [False, True]
    with pytest.raises(Refused, match="deleted"):
        demo.answer("outage-nora.beat-0", HELP)


def test_pictures_come_as_pictures(demo: Demo) -> None:
    pictures = [each.media[0] for each in demo.hear() if each.media]
    assert len(pictures) >= 4
    assert all(each.content and each.content.startswith(b"\x89PNG") and each.alt for each in pictures)


def test_a_customer_who_is_helped_says_thanks_confirms_and_rates(demo: Demo) -> None:
    to = "double-charge.beat-2"
    assert demo.reaction(to, HELP) == "Thank you!! That helps, I feel better already."
    assert demo.reaction(to, HELP) is None  # thanks are said once
    assert str(demo.reaction(to, "Is it solved?", Purpose.RESOLUTION)).startswith("Yes, the second one is gone")
    assert str(demo.reaction(to, "How was it?", Purpose.SURVEY)).startswith("5")


def test_a_customer_who_is_brushed_off_gets_angrier_and_is_not_fooled(demo: Demo) -> None:
    to = "double-charge.beat-2"
    assert "I don't understand that answer" in str(demo.reaction(to, BRUSH_OFF))
    assert demo.reaction(to, BRUSH_OFF)
    assert demo.reaction(to, BRUSH_OFF) is None  # enough said
    assert demo.reaction(to, "Is it solved?", Purpose.RESOLUTION) == "No, I still see both charges."


def test_for_some_it_takes_two_attempts(demo: Demo) -> None:
    to = "app-logout.beat-0"
    demo.reaction(to, HELP)
    assert str(demo.reaction(to, "Solved?", Purpose.RESOLUTION)).startswith("No, still broken")
    demo.reaction(to, HELP)
    assert str(demo.reaction(to, "Solved?", Purpose.RESOLUTION)).startswith("Yes! Two updates in")


def test_nothing_done_is_nothing_solved(demo: Demo) -> None:
    assert str(demo.reaction("beta-group.beat-0", "Is it solved?", Purpose.RESOLUTION)).startswith("No")


def test_silence_is_followed_up(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "network", speed="60")
    demo.hear()
    chased = [each for each in demo.hear(timedelta(minutes=10)) if each.native_id.startswith("double-charge.chase")]
    assert [each.text for each in chased] == ["It's the weekend and I can't reach my bank. Please, is anybody on this?"]


def test_our_words_come_back_with_their_key(demo: Demo) -> None:
    demo.hear()
    receipt = demo.answer("double-charge.beat-2", HELP, key="k-1")
    (echo,) = [each for each in demo.hear() if each.direction is Direction.OUT]
    assert (echo.native_id, echo.idempotency_key, echo.text) == (receipt.native_id, "k-1", HELP)


def test_every_post_is_delivered_and_some_are_read_each_told_once(demo: Demo) -> None:
    first = demo.hear()[0]
    for number in range(12):
        demo.answer(first.native_id, HELP, key=f"post-{number}")
    told = [report for _ in range(3) for report in demo.reports(timedelta(seconds=5))]
    assert len(told) == len({(report.native_id, report.state) for report in told})
    delivered = [report.idempotency_key for report in told if report.state is Reported.DELIVERED]
    read = {report.idempotency_key for report in told if report.state is Reported.READ}
    assert sorted(str(key) for key in delivered) == sorted(f"post-{number}" for number in range(12))
    assert 0 < len(read) < 12


def test_a_conversation_that_never_was_is_refused(demo: Demo) -> None:
    demo.hear()
    with pytest.raises(Refused, match="conversation"):
        demo.answer("nobody.beat-0", HELP)


def test_many_at_once_with_one_key_post_once(demo: Demo) -> None:
    demo.hear()
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: demo.answer("double-charge.beat-2", HELP, key="one"), range(24)))
    assert len({receipt.native_id for receipt in receipts}) == 1
    assert sum(each.idempotency_key == "one" for each in demo.hear()) == 1


def test_faults_lose_nothing_and_repeat_no_post(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "network", error_rate="0.2", timeout_rate="0.3", duplicate_rate="0.2", disconnect_rate="0.3")
    raised: Counter[type[Exception]] = Counter()
    calm = Demo(tmp_path / "network")
    said = {each.native_id for each in calm.hear()}
    while not said <= {each.native_id for each in demo.heard}:
        try:
            demo.hear()
        except Retry as fault:
            raised[type(fault)] += 1
    for number in range(40):
        outgoing = Outgoing(f"k-{number}", HELP, True, None, "double-charge.beat-2", (), Author("x"))
        while True:
            try:
                Simulator().send(settings=demo.settings, outgoing=outgoing, now=lambda: demo.now)
            except Retry:
                raised[Retry] += 1
            except Uncertain:
                raised[Uncertain] += 1
                if _is_found(demo, outgoing):
                    break
            else:
                break
    keys = Counter(each.idempotency_key for each in calm.hear() if each.idempotency_key)
    assert keys == Counter({f"k-{number}": 1 for number in range(40)})
    assert raised[Retry] > 0
    assert raised[Uncertain] > 0


def _is_found(demo: Demo, outgoing: Outgoing) -> bool:
    while True:
        try:
            return Simulator().find_sent(settings=demo.settings, outgoing=outgoing) is not None
        except Uncertain:
            continue


def test_killed_at_any_moment_what_was_acknowledged_is_there_once(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from datetime import UTC, datetime
        from goodword.connectors.contract import Author, Outgoing
        from goodword.connectors.simulator.connector import Simulator
        for number in range(100_000):
            key, to = f"{sys.argv[2]}-{number}", "double-charge.beat-2"
            outgoing = Outgoing(key, "x" * 5000, True, None, to, (), Author("x"))
            Simulator().send(settings={"folder": sys.argv[1]}, outgoing=outgoing, now=lambda: datetime.now(UTC))
            print(outgoing.idempotency_key, flush=True)
    """)
    demo = Demo(tmp_path / "network")
    demo.hear()
    acknowledged: list[str] = []
    for life in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "network"), str(life)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        acknowledged.append(child.stdout.readline().strip())
        time.sleep(0.05 * life)
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += [line.strip() for line in child.stdout]
        child.wait()
    keys = Counter(each.idempotency_key for each in _all(Demo(tmp_path / "network")) if each.idempotency_key)
    assert set(acknowledged) - {""} <= set(keys)
    assert set(keys.values()) == {1}


def _all(demo: Demo) -> list[Heard]:
    heard: list[Heard] = []
    while more := demo.hear():
        heard += more
    return heard


def test_a_torn_line_is_cut_off(demo: Demo) -> None:
    before = demo.hear()
    journal = Path(demo.settings["folder"]) / "journal.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"n":999,"event":"sa')
    demo.answer("double-charge.beat-2", HELP)
    assert b'"sa\n' not in journal.read_bytes()
    again = Demo(Path(demo.settings["folder"]), speed="0.001").hear()
    assert len(again) == len(before) + 1


def test_a_deleted_journal_begins_the_week_again(demo: Demo) -> None:
    first = demo.hear()
    (Path(demo.settings["folder"]) / "journal.jsonl").unlink()
    demo.cursor = {}
    assert len(demo.hear()) == len(first)


def test_wrong_settings_are_said(tmp_path: Path) -> None:
    def failed(**settings: str) -> str:
        return "".join(line.detail for line in Simulator().check(settings=settings) if not line.passed)

    folder = str(tmp_path / "network")
    assert "folder" in failed()
    assert "not a number" in failed(folder=folder, speed="fast")
    assert "error_rate" in failed(folder=folder, error_rate="2")
    (tmp_path / "file").touch()
    assert "can't be written" in failed(folder=str(tmp_path / "file"))
    assert failed(folder=folder) == ""
    assert not Path(folder).exists(), "a check makes nothing"
