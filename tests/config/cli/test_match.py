"""`goodword match`, through its door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goodword.config.cli import main

SEARCHES = '{"id":"a","query":"bicycle AND helmet"}\n{"id":2,"query":"bicycle OR lang:de"}\n'


def run(tmp_path: Path, searches: str, posts: str | bytes, *options: str, as_file: bool = True) -> Result:
    (tmp_path / "searches.jsonl").write_text(searches)
    data = posts if isinstance(posts, bytes) else posts.encode()
    (tmp_path / "posts.jsonl").write_bytes(data)
    arguments = ["match", "--searches", str(tmp_path / "searches.jsonl"), *options]
    if as_file:
        return CliRunner().invoke(main, [*arguments, str(tmp_path / "posts.jsonl")])
    return CliRunner().invoke(main, arguments, input=data)


@pytest.mark.parametrize("as_file", [True, False])
def test_writes_a_line_for_each_post_in_order(tmp_path: Path, as_file: bool) -> None:
    posts = '{"id":1,"text":"a bicycle helmet"}\n\n{"id":"x","text":"nothing"}\n{"id":3,"text":"Helm","lang":"DE"}'
    result = run(tmp_path, SEARCHES, posts, as_file=as_file)
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": 1, "matches": ["a", 2]},
        {"id": "x", "matches": []},
        {"id": 3, "matches": [2]},
    ]
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("line", "identifier", "position"),
    [
        ('{"id":"bad","query":"a AND b OR c"}', "bad", 8),
        ('{"id":"bad","query":"NOT a"}', "bad", 0),
        ('{"id":"bad"}', "bad", 0),
        ('{"id":"a","query":"twice"}', "a", 0),
        ("{nonsense", None, 0),
    ],
)
def test_a_bad_search_stops_it_with_one_line_that_says_why(
    tmp_path: Path, line: str, identifier: str | None, position: int
) -> None:
    result = run(tmp_path, SEARCHES + line + "\n", '{"id":1,"text":"bicycle"}')
    assert result.exit_code == 2
    assert result.stdout == ""
    (report,) = [json.loads(line) for line in result.stderr.splitlines()]
    assert (report["id"], report["position"], report["line"]) == (identifier, position, 3)
    assert report["reason"]
    assert report["file"] == str(tmp_path / "searches.jsonl")


def test_skip_bad_goes_on_with_the_others(tmp_path: Path) -> None:
    result = run(tmp_path, '{"id":"bad","query":"("}\n' + SEARCHES, '{"id":1,"text":"bicycle"}', "--skip-bad")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"id": 1, "matches": [2]}
    assert json.loads(result.stderr)["id"] == "bad"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_without_a_line_to_take_is_refused(tmp_path: Path, encoding: str) -> None:
    result = run(tmp_path, SEARCHES, '{"id":1,"text":"bicycle"}\n'.encode(encoding))
    said = json.loads(result.stderr.splitlines()[-1])
    assert (result.exit_code, result.stdout, said["line"]) == (2, "", 0)
    assert "UTF-8" in said["reason"]
    assert run(tmp_path, SEARCHES, "\n\n").exit_code == 0


def test_searches_in_utf_16_are_refused(tmp_path: Path) -> None:
    (tmp_path / "searches.jsonl").write_text(SEARCHES, encoding="utf-16")
    result = CliRunner().invoke(main, ["match", "--searches", str(tmp_path / "searches.jsonl")], input="")
    assert (result.exit_code, json.loads(result.stderr)["reason"]) == (2, "It is UTF-16: save it as UTF-8.")


@pytest.mark.parametrize("command", ["match", "check"])
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "searches.jsonl").write_text(SEARCHES)
    options = ["--searches", str(tmp_path / "searches.jsonl")] if command == "match" else ["--promises"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "goodword", command, *options],
            input='{"id":1,"text":"bicycle"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "Error: No space left on device.\n")


def test_a_bad_post_is_reported_with_its_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    posts = b'{"id":1,"text":"bicycle"}\n{"id":2}\n\xff\n{"text":"no id"}\n{"id":5,"text":"bicycle"}\n'
    result = run(tmp_path, SEARCHES, posts)
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 5]
    assert [json.loads(line)["line"] for line in result.stderr.splitlines()] == [2, 3, 4]


def test_a_wrong_field_costs_the_field_and_not_the_post(tmp_path: Path) -> None:
    posts = (
        '{"id":1,"text":"bicycle","lang":"de","followers":"many","hashtags":"win"}\n'
        '{"id":2,"text":"x","lang":7,"other":[]}\n{"id":3,"text":5,"lang":"de"}\n{"id":4,"text":"bicycle"}\n'
    )
    result = run(tmp_path, SEARCHES, posts)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found == [{"id": 1, "matches": [2]}, {"id": 2, "matches": []}, {"id": 4, "matches": [2]}]
    said = [json.loads(line) for line in result.stderr.splitlines()]
    assert [(one["line"], one["id"]) for one in said] == [(1, 1), (1, 1), (2, 2), (3, 3)]
    assert ["followers" in said[0]["warning"], "hashtags" in said[1]["warning"], "lang" in said[2]["warning"]] == [
        True
    ] * 3
    assert "text" in said[3]["reason"]


def test_a_post_that_is_not_looked_at_whole_is_named(tmp_path: Path) -> None:
    whole, longer = "bicycle ".ljust(100_000, "é"), "bicycle ".ljust(100_001, "é")
    posts = "".join(
        json.dumps(post) + "\n"
        for post in ({"id": 1, "text": whole}, {"id": 2, "text": longer}, {"id": 3, "text": "x", "title": longer})
    )
    result = run(tmp_path, SEARCHES, posts)
    assert [json.loads(line)["matches"] for line in result.stdout.splitlines()] == [[2]] * 3
    said = [json.loads(line) for line in result.stderr.splitlines()]
    assert [(one["line"], one["id"]) for one in said] == [(2, 2), (3, 3)]
    assert all("100,000 of its 100,001" in one["warning"] for one in said)


def test_lines_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    filler = "x " * 700_000
    posts = "".join(f'{{"id":{number},"text":"bicycle {filler}"}}\n' for number in range(3)) + '{"id":"bad"}\n'
    result = run(tmp_path, SEARCHES, posts)
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": number, "matches": [2]} for number in range(3)
    ]
    assert [json.loads(line)["line"] for line in result.stderr.splitlines()] == [1, 2, 3, 4]


@pytest.mark.parametrize("as_file", [True, False])
def test_a_byte_order_mark_costs_no_line(tmp_path: Path, as_file: bool) -> None:
    result = run(tmp_path, "\ufeff" + SEARCHES, '\ufeff{"id":1,"text":"bicycle helmet"}', as_file=as_file)
    assert json.loads(result.stdout) == {"id": 1, "matches": ["a", 2]}
    assert result.stderr == ""


def test_what_a_search_may_not_mean_is_said_and_it_is_used(tmp_path: Path) -> None:
    result = run(tmp_path, SEARCHES + '{"id":"w","query":"a and b"}\n', '{"id":1,"text":"b and a"}')
    assert json.loads(result.stdout) == {"id": 1, "matches": ["w"]}
    (said,) = [json.loads(line) for line in result.stderr.splitlines()]
    assert (said["id"], said["position"], said["line"]) == ("w", 2, 3)
    assert "AND" in said["warning"]
