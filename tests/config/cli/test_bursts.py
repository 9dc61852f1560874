"""`goodword bursts`: a stream of counts in, a stream of alerts out."""

import json
import subprocess
import sys
from datetime import datetime, timedelta

from click.testing import CliRunner

from goodword.config.cli import main

COMMAND = [sys.executable, "-c", "from goodword.config.cli import main; main()", "bursts", "-"]
START = datetime.fromisoformat("2026-03-02")


def lines(values: list[float]) -> list[str]:
    rows = [f"{START + timedelta(minutes=5 * index)},{value}" for index, value in enumerate(values)]
    return ["timestamp,value", *rows]


def run(text: str) -> tuple[list[dict[str, object]], str]:
    result = CliRunner().invoke(main, ["bursts", "-"], input=text)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr


BURST = [*([5.0, 3.0, 4.0, 6.0] * 144), 300.0, 5.0, 4.0]


def test_an_alert_says_what_rose_and_by_how_much() -> None:
    [alert], errors = run("\n".join(lines(BURST)))
    assert errors == ""
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
    assert [line.split(":")[0] for line in sorted(errors.splitlines())] == [f"Row {n}" for n in (10, 4, 5, 6, 7, 9)]


def test_columns_are_found_by_their_name_and_a_zone_is_respected() -> None:
    rows = [f"x,{value},{START + timedelta(hours=index)}+02:00" for index, value in enumerate([4.0] * 72 + [400.0])]
    [alert], errors = run("\n".join(["note,value,timestamp", *rows]))
    assert errors == ""
    assert alert["at"] == alert["since"] == "2026-03-05 00:00:00+02:00"


def test_an_empty_file_has_no_bursts() -> None:
    assert run("") == ([], "")
    assert run("timestamp,value\n") == ([], "")


def test_the_alert_comes_before_the_next_row_is_there() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("\n".join(lines(BURST[:577])) + "\n")
        process.stdin.flush()
        alert = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.stdout.read() == ""
    assert alert["observed"] == 300.0
