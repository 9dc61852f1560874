"""`goodword bursts`: a stream of counts in, a stream of alerts out."""

import json
import random
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goodword.config.cli import main

COMMAND = [sys.executable, "-c", "from goodword.config.cli import main; main()", "bursts", "-"]
START = datetime.fromisoformat("2026-03-02")


def lines(values: list[float]) -> list[str]:
    rows = [f"{START + timedelta(minutes=5 * index)},{value}" for index, value in enumerate(values)]
    return ["timestamp,value", *rows]


def run(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The alerts, and what was said of rows."""
    result = CliRunner().invoke(main, ["bursts", "-"], input=text)
    assert result.exit_code == 0, result.output
    alerts, said = ([json.loads(line) for line in written.splitlines()] for written in (result.stdout, result.stderr))
    return alerts, said


BURST = [*([5.0, 3.0, 4.0, 6.0] * 144), 300.0, 5.0, 4.0]


def test_an_alert_says_what_rose_and_by_how_much() -> None:
    [alert], errors = run("\n".join(lines(BURST)))
    assert errors == []
    at = str(START + timedelta(minutes=5 * 576))
    assert alert.pop("confidence") > 0.9
    assert alert.pop("once_in_days") > 10
    assert 4 < alert.pop("expected") < 5.5
    assert alert.pop("times") > 50
    assert alert == {"at": at, "series": "-", "since": at, "pace": "spike", "observed": 300.0}


def test_bad_rows_are_named_and_the_rest_goes_on() -> None:
    rows = lines(BURST)
    rows[3:3] = ["yesterday,4", f"{START},many", '"2026,3', "7", "", f"{START},-3", f"{START},inf"]
    [_], errors = run("\n".join(rows))
    assert sorted(said["line"] for said in errors) == [4, 5, 6, 7, 9, 10]
    assert all(said["file"] == "-" and said["reason"] for said in errors)


def test_columns_are_found_by_their_name_and_a_zone_is_respected() -> None:
    rows = [f"x,{value},{START + timedelta(hours=index)}+02:00" for index, value in enumerate([4.0] * 72 + [400.0])]
    [alert], errors = run("\n".join(["note,value,timestamp", *rows]))
    assert errors == []
    assert alert["at"] == alert["since"] == "2026-03-05 00:00:00+02:00"


def test_columns_of_other_names_are_asked_for() -> None:
    result = CliRunner().invoke(main, ["bursts", "-"], input="date,followers,mentions\n2015-02-26 21:42:53,3,1\n")
    assert result.exit_code == 2
    assert "Name two columns timestamp and value; the file has: date, followers, mentions." in result.output


def test_an_empty_file_has_no_bursts() -> None:
    assert run("") == ([], [])
    assert run("timestamp,value\n") == ([], [])


def test_the_alert_comes_before_the_next_row_is_there() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("\n".join(lines(BURST[:577])) + "\n")
        process.stdin.flush()
        alert = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.stdout.read() == ""
    assert alert["observed"] == 300.0


@pytest.mark.parametrize("place", [1, 2, 300])
@pytest.mark.parametrize("far", ["2999-01-01", "1970-01-01", "2026-06-02"])
def test_one_row_far_off_does_not_silence_the_series(place: int, far: str) -> None:
    rows = lines(BURST)
    rows.insert(place, f"{far},4")
    [alert], errors = run("\n".join(rows))
    assert alert["observed"] == 300.0
    [said] = errors
    assert said["line"] == place + 1
    assert str(said["reason"]).startswith(far)


@pytest.mark.parametrize("place", [1, 2, 9, 13, 560])
@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=8), timedelta(days=1)])
@pytest.mark.parametrize("rows_ahead", [1, 3])
def test_clocks_ahead_silence_nothing(place: int, ahead: timedelta, rows_ahead: int) -> None:
    rows = lines(BURST)
    before = START + timedelta(minutes=5 * (place - 2))
    wrong = [f"{before + ahead + timedelta(minutes=5 * index)},4" for index in range(rows_ahead)]
    rows[place:place] = wrong
    [alert], errors = run("\n".join(rows))
    assert alert["observed"] == 300.0
    assert [said["line"] for said in errors] == [*range(place + 1, place + 1 + rows_ahead)]


@given(st.lists(st.integers(0, 400), min_size=2, max_size=60))
def test_every_row_is_counted_or_named(bins: list[int]) -> None:
    rows = [f"{START + timedelta(minutes=5 * number)},1" for number in bins]
    _, errors = run("\n".join(rows))
    named = [said["line"] for said in errors]
    assert len(named) == len(set(named))
    kept = [number for line, number in enumerate(bins, 1) if line not in named]
    assert kept == sorted(set(kept))


def test_a_late_row_takes_nothing_back() -> None:
    rows = lines([4.0] * 100)
    del rows[60:80]
    rows.insert(64, f"{START + timedelta(minutes=5 * 70)},4")
    _, [said] = run("\n".join(rows))
    assert said["line"] == 65


def test_a_series_goes_on_after_a_long_silence() -> None:
    rows = lines(BURST)
    later = [f"{START + timedelta(days=40, minutes=5 * index)},4" for index in range(3)]
    [_], errors = run("\n".join([*rows, *later]))
    assert errors == []


def test_rows_that_come_unevenly_are_all_counted() -> None:
    for seed in range(20):
        rng = random.Random(seed)
        rows = [
            f"{START + timedelta(minutes=5 * index, seconds=rng.uniform(-140, 140))},{value}"
            for index, value in enumerate(BURST)
        ]
        alerts, errors = run("\n".join(["timestamp,value", *rows]))
        assert errors == []
        assert [alert["observed"] for alert in alerts] == [300.0]


@pytest.mark.parametrize("every", ["nan", "inf", "-inf", "1e-300", "0", "-5", "1e300"])
def test_a_step_that_is_none_is_refused(every: str) -> None:
    result = CliRunner().invoke(main, ["bursts", "-", "--every", every], input="\n".join(lines(BURST)))
    assert result.exit_code == 2
    assert "--every" in result.stderr
