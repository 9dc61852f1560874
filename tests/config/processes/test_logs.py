from __future__ import annotations

import json
import logging
import sys

from hypothesis import given
from hypothesis import strategies as st

from goodword.config.processes.logs import JsonLines

# Long enough not to occur by chance in the names of files and functions.
words = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1).map(lambda text: f"Zq7{text}Zq7")


def line(record: logging.LogRecord) -> str:
    return JsonLines("web").format(record)


@given(words)
def test_what_others_fill_into_their_messages_stays_out(said: str) -> None:
    record = logging.LogRecord("imapclient.imap", logging.WARNING, "x.py", 1, "got %s", (said,), None)
    record.subject = said
    assert json.loads(line(record))["message"] == "got %s"
    assert "Zq7" not in line(record)


@given(words)
def test_the_text_of_an_exception_stays_out_and_its_kind_and_place_stay_in(said: str) -> None:
    try:
        raise ValueError(said)
    except ValueError:
        record = logging.LogRecord("goodword.care", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    entry = json.loads(line(record))
    assert entry["exception"] == "ValueError"
    assert __file__ in entry["trace"][-1]
    assert "Zq7" not in line(record)


@given(st.text())
def test_our_own_message_is_one_line_of_json_whatever_is_in_it(text: str) -> None:
    record = logging.LogRecord("goodword.listen", logging.INFO, "x.py", 1, "source %s", (text,), None)
    record.source = 7
    assert "\n" not in line(record)
    entry = json.loads(line(record))
    assert entry["message"] == f"source {text}"
    assert (entry["source"], entry["process"], entry["level"]) == (7, "web", "info")
