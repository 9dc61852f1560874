"""The language of the search box: words, "phrases", -without, word*, and operators such as `is:open`. Pure.

What is typed is never an error: what can't be understood is left out and said, with what to type instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from goodword.care.models import Priority, State
from goodword.care.search_terms import phrase, search_terms
from goodword.kernel.ids import read_id

MOST_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is searched for. Names of people, labels and teams are still as typed."""

    words: tuple[str, ...] = ()  # each a `tsquery` in its written form; all of them must match
    without: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    priorities: tuple[Priority, ...] = ()
    unread: bool = False
    assignee: str = ""  # `me`, `none`, or a name or address
    team: str = ""
    labels: tuple[str, ...] = ()
    channel: str = ""
    sender: str = ""  # a handle, address or name
    number: int | None = None
    since: date | None = None  # said on this day or later
    before: date | None = None  # said before this day
    problems: tuple[str, ...] = ()  # what was left out, and what to type instead

    @property
    def tsquery(self) -> str:
        """All words together, as PostgreSQL takes it; empty where none were typed."""
        return " & ".join([*(f"({one})" for one in self.words), *(f"!({one})" for one in self.without)])

    @property
    def looked_for(self) -> tuple[str, ...]:
        """The single words to be found, as `search_terms` makes them; one that may go on ends with a star."""
        return tuple(
            term + ("*" if star else "") for one in self.words for term, star in re.findall(r"'([^']+)'(:\*)?", one)
        )


def parse_query(text: str) -> SearchQuery:
    """Read what was typed."""
    query = SearchQuery()
    for found in _TERM.finditer(text.replace("\x00", " ")):
        operator = _OPERATORS.get((found["name"] or "").lower())
        query = operator(query, found) if operator else _word(query, found)
    if query.without and not query.words:
        query = _left_out(replace(query, without=()), _("Add a word to look for beside those to leave out."))
    return query


# A minus that stands before a word, the name of an operator, and a value that may be quoted.
_TERM = re.compile(r'(?P<minus>-)?(?:(?P<name>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]*))')
_Found = re.Match[str]


def _value(found: _Found) -> str:
    return found["quoted"] if found["quoted"] is not None else found["plain"]


def _word(query: SearchQuery, found: _Found) -> SearchQuery:
    typed = f"{found['name']}:{_value(found)}" if found["name"] else _value(found)
    prefix = found["quoted"] is None and typed.endswith("*")
    terms = search_terms(typed)
    if not terms:
        return query
    if prefix and len(terms[-1]) < 2:
        return _left_out(query, _("Put at least two letters before the *."))
    if len(query.words) + len(query.without) >= MOST_WORDS:
        return _left_out(query, _("Only the first %(most)d words were looked for.") % {"most": MOST_WORDS})
    one = phrase(terms, prefix=prefix)
    return (
        replace(query, without=(*query.without, one)) if found["minus"] else replace(query, words=(*query.words, one))
    )


def _left_out(query: SearchQuery, problem: str) -> SearchQuery:
    return query if problem in query.problems else replace(query, problems=(*query.problems, problem))


_Read = Callable[[SearchQuery, str], SearchQuery]


def _operator(name: str, example: str, read: _Read) -> tuple[str, Callable[[SearchQuery, _Found], SearchQuery]]:
    """An operator by its name; it needs a value and takes no minus."""

    def guarded(query: SearchQuery, found: _Found) -> SearchQuery:
        value = _value(found).strip()
        if found["minus"] or not value:
            return _left_out(query, _("Write %(name)s: without a minus and with a value, e.g. %(example)s.") % shown)
        return read(query, value)

    shown = {"name": name, "example": example}
    return name, guarded


def _is(query: SearchQuery, value: str) -> SearchQuery:
    value = value.lower()
    if value in set(State):
        return replace(query, states=(*query.states, State(value)))
    if value == "unread":
        return replace(query, unread=True)
    if value == "unassigned":
        return replace(query, assignee="none")
    return _left_out(
        query,
        _("is: can be open, pending, snoozed, resolved, unread or unassigned, not “%(value)s”.") % {"value": value},
    )


def _priority(query: SearchQuery, value: str) -> SearchQuery:
    named = {priority.name.lower(): priority for priority in Priority}
    if value.lower() in named:
        return replace(query, priorities=(*query.priorities, named[value.lower()]))
    return _left_out(
        query, _("priority: can be none, low, medium, high or urgent, not “%(value)s”.") % {"value": value}
    )


def _number(query: SearchQuery, value: str) -> SearchQuery:
    number = read_id(value.lstrip("#"))
    if number is not None:
        return replace(query, number=number)
    return _left_out(query, _("case: needs a number, e.g. case:42."))


def _since(query: SearchQuery, value: str) -> SearchQuery:
    day = _day(value)
    return replace(query, since=day) if day else _bad_day(query)


def _before(query: SearchQuery, value: str) -> SearchQuery:
    day = _day(value)
    return replace(query, before=day) if day else _bad_day(query)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _bad_day(query: SearchQuery) -> SearchQuery:
    return _left_out(query, _("A day is written as year-month-day, e.g. before:2026-01-31."))


_OPERATORS = dict(
    (
        _operator("is", "is:open", _is),
        _operator("priority", "priority:high", _priority),
        _operator("case", "case:42", _number),
        _operator("assignee", "assignee:me", lambda query, value: replace(query, assignee=value)),
        _operator("team", "team:billing", lambda query, value: replace(query, team=value)),
        _operator("label", "label:refund", lambda query, value: replace(query, labels=(*query.labels, value))),
        _operator("channel", "channel:email", lambda query, value: replace(query, channel=value)),
        _operator("from", "from:mara", lambda query, value: replace(query, sender=value)),
        _operator("since", "since:2026-01-31", _since),
        _operator("before", "before:2026-01-31", _before),
    )
)
