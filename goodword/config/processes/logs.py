"""Structured logs: one JSON object a line, and never a customer's words or a secret in it.

Our own messages name things by id. What other packages write may quote what they were given, as may the text of
any exception: of those, only the unfilled message and the places in the code are kept.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import sys
import traceback
from datetime import UTC, datetime

# Attributes that every record has; what a call adds by `extra=` is told apart by not being among them.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LARGEST_FILE = 10 * 1024 * 1024
_OURS = "goodword"


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == _OURS
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            # A foreign message is kept as its author wrote it, without what was filled in.
            "message": record.getMessage() if ours else str(record.msg),
        }
        if ours:
            line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, default=str, ensure_ascii=False)


def log_to_file_or_stderr(process: str) -> None:
    """Set logging up for this process: to `GOODWORD_LOG_FILE` where that is set, else to standard error."""
    handler: logging.Handler
    if path := os.environ.get("GOODWORD_LOG_FILE"):
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=_LARGEST_FILE, backupCount=3, encoding="utf-8")
    else:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
    # What uvicorn says of a request names its address, which may hold a token; we log requests by route.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("django.request").setLevel(logging.ERROR)
