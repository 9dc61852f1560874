"""Asks X for what mentions the account and what a search finds, for no more money than there is.

X hands pages over newest first. They are gathered from the newest back to what was heard before, and handed over oldest
first. Where the money ends on the way, the cursor says between which posts the rest lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goodword.connectors.charging import BudgetSpent, Expense, Purse, affordable
from goodword.connectors.contract import Cursor, Delivery, Gap, Quota, Raw, Retry
from goodword.connectors.over_http.calls import Api, Declined, Denied
from goodword.connectors.over_http.resting import rest
from goodword.connectors.x.account import Account
from goodword.connectors.x.compliance import Compliance
from goodword.connectors.x.posts import FIELDS, Page, raw_of, time_of
from goodword.connectors.x.prices import POST_READ

_PAGE = 100
_PAGES = 5  # gathered before they are handed over
_SEARCHED_BACK = timedelta(days=7) - timedelta(minutes=5)  # recent search knows a week
_SMALL = 10  # posts; some questions take no smaller page


@dataclass(slots=True)
class _Asked:
    """How far one question has been answered: everything up to `since`, and from `until` on to `newest`."""

    since: str | None = None
    until: str | None = None
    newest: str | None = None

    def told(self) -> dict[str, str]:
        """For the cursor."""
        given = {"since": self.since, "until": self.until, "newest": self.newest}
        return {name: value for name, value in given.items() if value}


def listen(
    account: Account, cursor: Cursor, stop: Callable[[], bool], now: Callable[[], datetime], purse: Purse
) -> Iterator[Delivery]:
    """Raises `Refused`, `Retry`, and `BudgetSpent` where the month's money is spent."""
    with account.reading() as api:
        asking = _Asking(api, account, cursor, now, purse)
        compliance = Compliance(api, account, cursor.get("recent") or [], now)
        while not stop():
            for delivery in asking.ask_all():
                compliance.note(delivery.raws)
                yield _with(delivery, compliance)
            if gone := compliance.look():
                yield _with(Delivery(gone, asking.cursor()), compliance)
            for _ in rest(account.every, stop):
                yield _with(Delivery((), asking.cursor()), compliance)


def _with(delivery: Delivery, compliance: Compliance) -> Delivery:
    cursor = {**delivery.cursor, "recent": compliance.recent}
    return Delivery(delivery.raws, cursor, delivery.gaps, delivery.quotas)


class _Asking:
    """One session."""

    def __init__(self, api: Api, account: Account, cursor: Cursor, now: Callable[[], datetime], purse: Purse) -> None:
        self._api, self._account, self._now, self._purse = api, account, now, purse
        self._paths = {"mentions": f"/2/users/{account.own_id}/mentions"}
        if account.search:
            self._paths["search"] = "/2/tweets/search/recent"
        stood: Mapping[str, Any] = cursor.get("asked") or {}
        self._asked = {name: _Asked(**(stood.get(name) or {})) for name in self._paths}
        self._quota: Quota | None = None

    def cursor(self) -> dict[str, Any]:
        return {"asked": {name: asked.told() for name, asked in self._asked.items()}}

    def ask_all(self) -> Iterator[Delivery]:
        for name, asked in self._asked.items():
            gaps = self._forgotten(name, asked)
            is_whole = False
            while not is_whole:
                pages, is_whole, stopped = self._gather(name, asked)
                raws = tuple(raw for page in reversed(pages) for raw in self._raws(page))
                yield Delivery(raws, self.cursor(), gaps, (self._quota,) if self._quota else ())
                gaps = ()
                if stopped is not None:
                    raise stopped

    def _forgotten(self, name: str, asked: _Asked) -> tuple[Gap, ...]:
        """Recent search refuses to look further back than a week."""
        begin = self._now() - _SEARCHED_BACK
        if name != "search" or asked.since is None or time_of(asked.since) >= begin:
            return ()
        since, asked.since, asked.until, asked.newest = asked.since, None, None, None
        return (Gap(time_of(since), begin, "X's search knows one week."),)

    def _gather(self, name: str, asked: _Asked) -> tuple[list[Page], bool, Retry | None]:
        """Some pages; whether that was all; and what stopped it on the way."""
        pages: list[Page] = []
        for _ in range(_PAGES):
            try:
                page = self._page(name, asked)
            except Retry as stopped:
                if not pages:
                    raise
                return pages, False, stopped  # what is paid for is handed over first
            if page.data:
                pages.append(page)
                ids = sorted((str(post.get("id")) for post in page.data), key=lambda each: (len(each), each))
                asked.newest, asked.until = asked.newest or ids[-1], ids[0]
            if not page.meta.next_token:
                asked.since, asked.until, asked.newest = asked.newest or asked.since, None, None
                return pages, True, None
        return pages, False, None

    def _page(self, name: str, asked: _Asked) -> Page:
        count = affordable(self._purse, POST_READ, _PAGE, now=self._now())
        query = [*FIELDS, ("max_results", str(count))]
        if name == "search":
            query.append(("query", self._account.search))
        if asked.since:
            query.append(("since_id", asked.since))
        else:
            begin = max(self._now() - self._account.history, self._now() - _SEARCHED_BACK)
            query.append(("start_time", f"{begin:%Y-%m-%dT%H:%M:%SZ}"))
        if asked.until:
            query.append(("until_id", asked.until))
        try:
            answer = self._api.get(self._paths[name], query)
        except Denied:
            raise  # whatever is left of the money: a token that was revoked has to be mended
        except Declined as error:
            if count < _SMALL:
                raise BudgetSpent("What is left this month covers no page of X.", now=self._now()) from error
            raise
        page = answer.read(Page)
        self._quota = answer.quota or self._quota
        if page.data:
            self._purse.spend(Expense(POST_READ, len(page.data)))
        return page

    def _raws(self, page: Page) -> Iterator[Raw]:
        authors = {str(user.get("id")): user for user in page.includes.users}
        for post in reversed(page.data):
            yield raw_of(post, authors.get(str(post.get("author_id"))), own_id=self._account.own_id)
