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


def test_zones_times_and_nesting_that_no_calendar_has_are_reported_too() -> None:
    good = {"id": 1, "text": "We'll call you tomorrow."}
    bad = (
        lines({**good, "zone": "America"}, {**good, "zone": "x" * 300}, {**good, "zone": ""}, {**good, "zone": "a\0b"})
        + '{"id": 1, "text": "x", "more": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
        + lines({**good, "at": "9999-12-31T23:00:00Z", "zone": "Asia/Tokyo"})
        + lines({**good, "at": "0001-01-01T00:00:00Z", "zone": "America/Lima"})
        + lines({**good, "at": "9999-12-31T23:00:00Z", "zone": "UTC"}, good)
    )  # fmt: skip
    done = CliRunner().invoke(check, ["--promises"], input=bad)
    assert done.exit_code == 0
    assert [json.loads(line)["line"] for line in done.stderr.splitlines()] == [1, 2, 3, 4, 5, 6, 7]
    last, plain = [json.loads(line)["promises"][0] for line in done.stdout.splitlines()]
    assert "years ahead" in last["due_problem"]
    assert plain["due"] == "tomorrow"


def test_spans_of_time_are_found_with_halves_and_too_many_noughts() -> None:
    when = {"at": "2026-06-10T13:20:00Z", "zone": "Europe/Berlin"}
    given = lines(
        *(
            {"id": number, "text": f"We'll call you {due}.", **when}
            for number, due in enumerate(
                ["within 2.5 hours", "in half an hour", "within 999999999999 hours", "by 12/15/2026"]
            )
        )
    )
    done = CliRunner().invoke(check, ["--promises"], input=given)
    found = [json.loads(line)["promises"][0] for line in done.stdout.splitlines()]
    assert [promise["due_at"] for promise in found] == [
        "2026-06-10T17:50:00+02:00",
        "2026-06-10T15:50:00+02:00",
        None,
        "2026-12-15T17:00:00+01:00",
    ]
    assert "years ahead" in found[2]["due_problem"]


def test_a_byte_order_mark_costs_no_line() -> None:
    done = CliRunner().invoke(check, ["--promises"], input="\ufeff" + lines({"id": 1, "text": "We'll call you."}))
    assert (json.loads(done.stdout)["id"], done.stderr) == (1, "")
