"""`goodword check`: what drafts promise, and what in them isn't right, as lines of JSON."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec

from goodword.config.cli._findings import Input, name_of
from goodword.promises import rules as promises

if TYPE_CHECKING:
    from goodword.honesty.rules import Finding

_LINES_A_BATCH = 256


class Draft(msgspec.Struct, frozen=True):
    """A line that is read: what is going to be sent, whether all may read it, and when and where it is written."""

    id: str | int
    text: str
    public: bool = True
    at: datetime | None = None
    zone: str | None = None


class FoundPromise(msgspec.Struct, omit_defaults=True):
    """A promise in a line of the result. `due_problem` says why due words stand for no moment."""

    span: str
    due: str | None
    due_at: str | None
    conditional: bool
    due_problem: str | None = None


class Checked(msgspec.Struct):
    """A line of the result."""

    id: str | int
    promises: list[FoundPromise]
    flags: list[str]
    findings: list[Finding]


@click.command()
@click.argument("drafts", metavar="[DRAFTS]", type=click.File("rb"), default="-")
@click.option("--promises", "only_promises", is_flag=True, help="Only the promises: many times the speed.")
def command(drafts: BinaryIO, only_promises: bool) -> None:
    """Check drafts, lines of {"id", "text", "public"}, from a file or standard input; write a line of JSON for each.

    With "at" (when it is written) and "zone" (an IANA name, the customer's) promises get their due time. A line that
    is no draft is reported with its number on standard error, and the rest goes on.
    """
    out = sys.stdout.buffer
    given = Input(name_of(drafts))
    for batch in _batches(_drafts(drafts, given)):
        out.writelines(_lines(batch, only_promises=only_promises))
        given.taken += len(batch)
    out.flush()
    given.end()


def _drafts(lines: Iterable[bytes], given: Input) -> Iterator[Draft]:
    decoder = msgspec.json.Decoder(Draft)
    for number, written in enumerate(lines, start=1):
        if number == 1:
            given.begin(written)
        line = written.removeprefix(BOM_UTF8)
        if not line.strip():
            continue
        try:
            draft = decoder.decode(line)
            _said_at(draft)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            _report(given, number, f"Not a draft with id and text: {error}")
        # A name that is a folder of the zones' files, or too long to be a file's, fails as the file does.
        except (ZoneInfoNotFoundError, ValueError, OSError):
            _report(given, number, "There is no such zone: give an IANA name like Europe/Berlin.")
        except OverflowError:
            _report(given, number, "“at” lies outside the calendar in that zone: give another time.")
        else:
            yield draft


def _said_at(draft: Draft) -> datetime | None:
    """When it is written, where it is written; None where the line lacks either."""
    zone = ZoneInfo(draft.zone) if draft.zone is not None else None
    if draft.at is None or zone is None:
        return None
    return draft.at.astimezone(zone) if draft.at.tzinfo else draft.at.replace(tzinfo=zone)


def _report(given: Input, number: int, problem: str) -> None:
    given.passed_over += 1
    click.echo(msgspec.json.encode({"line": number, "problem": problem}), err=True)


def _batches(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while batch := list(islice(drafts, _LINES_A_BATCH)):
        yield batch


def _lines(drafts: list[Draft], *, only_promises: bool) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    for draft, findings in zip(drafts, _findings(drafts, only_promises=only_promises), strict=True):
        flags = list(dict.fromkeys(finding.flag for finding in findings))
        yield encoder.encode(Checked(draft.id, _promises(draft), flags, findings)) + b"\n"


def _findings(drafts: list[Draft], *, only_promises: bool) -> list[list[Finding]]:
    if only_promises:
        return [[] for _ in drafts]
    from goodword.honesty import rules as honesty

    return honesty.check([(draft.text, draft.public) for draft in drafts])


def _promises(draft: Draft) -> list[FoundPromise]:
    return [_told(draft, promise) for promise in promises.find(draft.text)]


def _told(draft: Draft, promise: promises.Promise) -> FoundPromise:
    due = draft.text[slice(*promise.due)] if promise.due else None
    told = FoundPromise(draft.text[promise.start : promise.end], due, None, promise.conditional)
    said_at = _said_at(draft)
    if due is None or said_at is None:
        return told
    try:
        moment = promises.moment(due, said_at)
    except promises.BadDue as error:
        told.due_problem = str(error)
    else:
        told.due_at = moment.isoformat() if moment else None
    return told
