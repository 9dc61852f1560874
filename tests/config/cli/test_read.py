from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from goodword.config.cli.check import command as check
from goodword.config.cli.read import command as read
from goodword.config.cli.teach import command as teach

POSTS: list[dict[str, object]] = [{"id": "a", "text": "@harbour my parcel is late again!"}, {"id": 2, "text": ""}]
FIELDS = [
    *("lang", "sentiment", "emotions", "complaint", "severity", "urgency", "needs_reply"),
    *("offensive", "irony", "question", "pii", "confidence"),
]


def lines(posts: list[dict[str, object]]) -> str:
    return "".join(json.dumps(post) + "\n" for post in posts)


def test_each_post_gets_a_line_in_order() -> None:
    done = CliRunner().invoke(read, ["--fast"], input=lines(POSTS))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["a", 2]
    assert list(found[0]) == ["id", *FIELDS]
    assert found[1]["confidence"] == 0


def test_a_bad_line_is_reported_with_its_number_and_the_rest_goes_on() -> None:
    done = CliRunner().invoke(read, ["--fast"], input='{"id": 1, "text": "hi"}\nnonsense\n\n{"id": 3, "text": "ho"}\n')
    assert done.exit_code == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 3]
    said = json.loads(done.stderr)
    assert (said["file"], said["line"]) == ("-", 2)
    assert '{"id", "text"}' in said["reason"]


@pytest.mark.parametrize("content", [lines(POSTS).encode("utf-16"), lines(POSTS).encode("utf-16-le"), b"\x89\n\0"])
@pytest.mark.parametrize("called", [[read, "--fast"], [check, "--promises"]])
def test_a_file_without_a_line_to_take_is_refused(content: bytes, called: list[Any]) -> None:
    command, *options = called
    done = CliRunner().invoke(command, options, input=content)
    said = json.loads(done.stderr.splitlines()[-1])
    assert (done.exit_code, done.stdout, said["line"]) == (2, "", 0)
    assert "UTF-8" in said["reason"]
    assert CliRunner().invoke(command, options, input=b"\n").exit_code == 0


def test_private_data_is_told_by_where_it_stands() -> None:
    done = CliRunner().invoke(read, ["--fast"], input=lines([{"id": 1, "text": "write to a@example.com"}]))
    assert json.loads(done.stdout)["pii"] == [{"kind": "email", "span": [9, 22]}]


def test_a_lesson_adds_every_label(tmp_path: Path) -> None:
    rows = [f"where is my parcel {i},delivery\nrefund my money {i},billing\n" for i in range(12)]
    (tmp_path / "labelled.csv").write_text("text,cause\n" + "".join(rows), encoding="utf-8")
    out = tmp_path / "lesson"
    asked = [str(tmp_path / "labelled.csv"), "--text", "text", "--label", "cause", "--out", str(out), "--quick"]
    taught = CliRunner().invoke(teach, asked)
    assert taught.exit_code == 0, taught.output
    assert "guessed right" in taught.stdout
    done = CliRunner().invoke(read, ["--fast", "--with", str(out)], input=lines([{"id": 1, "text": "my parcel?"}]))
    found = json.loads(done.stdout)
    assert set(found["label"]) == {"delivery", "billing"}
    assert found["label"]["delivery"] > found["label"]["billing"]


def test_what_is_no_lesson_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("hello", encoding="utf-8")
    done = CliRunner().invoke(read, ["--with", str(tmp_path / "other")], input="")
    assert done.exit_code == 2
    assert "goodword teach" in json.loads(done.stderr)["reason"]


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "labelled.csv").write_text("words,cause\nhello,greeting\n", encoding="utf-8")
    asked = [str(tmp_path / "labelled.csv"), "--text", "text", "--label", "cause", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(teach, asked)
    assert done.exit_code == 2
    said = json.loads(done.stderr)
    assert (said["file"], said["line"]) == (str(tmp_path / "labelled.csv"), 1)
    assert "“text”" in said["reason"]
    assert "words, cause" in said["reason"]


def test_a_byte_order_mark_costs_no_line() -> None:
    done = CliRunner().invoke(read, ["--fast"], input="\ufeff" + lines(POSTS))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", 2]
    assert done.stderr == ""
