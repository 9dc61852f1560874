from __future__ import annotations

import json

from click.testing import CliRunner

from goodword.config.cli.check import command as check


def lines(*drafts: dict[str, object]) -> str:
    return "".join(json.dumps(draft) + "\n" for draft in drafts)


def test_each_draft_gets_a_line_in_order() -> None:
    given = lines(
        {"id": "a", "text": "Sorry! Please share your date of birth and we'll refund you by Friday.", "public": True},
        {"id": 2, "text": "", "public": False},
    )
    done = CliRunner().invoke(check, [], input=given)
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert first["id"] == "a"
    assert first["promises"] == [
        {"span": "we'll refund you by Friday", "due": "by Friday", "due_at": None, "conditional": True}
    ]
    assert first["flags"] == ["private", "apology"]
    assert [list(finding) for finding in first["findings"]] == [["flag", "span", "why", "better"]] * 2
    assert second == {"id": 2, "promises": [], "flags": [], "findings": []}


def test_a_time_and_a_zone_give_due_words_their_moment() -> None:
    when = {"at": "2026-06-10T13:20:00Z", "zone": "Europe/Berlin"}
    given = lines(
        {"id": 1, "text": "I'll write to you by Friday.", **when},
        {"id": 2, "text": "I'll write to you by the 31st of June.", **when},
        {"id": 3, "text": "I'll write to you within 24 hours.", "at": "2026-06-10T15:20:00", "zone": "Europe/Berlin"},
    )
    done = CliRunner().invoke(check, ["--promises"], input=given)
    due, wrong, local = [json.loads(line)["promises"][0] for line in done.stdout.splitlines()]
    assert due["due_at"] == "2026-06-12T17:00:00+02:00"
    assert wrong["due_at"] is None
    assert "June 2026 has 30 days" in wrong["due_problem"]
    assert local["due_at"] == "2026-06-11T15:20:00+02:00"


def test_a_bad_line_is_reported_with_its_number_and_the_rest_goes_on() -> None:
    bad = (
        "nonsense\n\n"
        + lines({"id": 1})
        + lines({"id": 2, "text": "hi", "zone": "Europe/Nowhere"}, {"id": 3, "text": "hi", "zone": "../etc/passwd"})
        + lines({"id": 4, "text": "We'll call you."})
    )
    done = CliRunner().invoke(check, ["--promises"], input=bad)
    assert done.exit_code == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [4]
    assert [json.loads(line)["line"] for line in done.stderr.splitlines()] == [1, 3, 4, 5]
