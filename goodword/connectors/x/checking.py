"""“Test it now”: signs in both ways, and reads the newest posts. Posts nothing; what it costs is paid and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from goodword.connectors.charging import BudgetSpent, Expense, Purse, affordable, plain_amount
from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.x.account import NETWORK, Account, read_account
from goodword.connectors.x.parse import parse
from goodword.connectors.x.posts import FIELDS, Page, User, raw_of
from goodword.connectors.x.prices import ACCOUNT_READ, POST_READ

_SMALLEST = 5  # posts of a page of mentions
_SHOWN = 3


class _Me(msgspec.Struct):
    data: User


def check(settings: Settings, purse: Purse, now: Callable[[], datetime]) -> Iterator[Check]:
    """Raises nothing."""
    try:
        account = read_account(settings)
        yield _signed_in(account, purse, now)
        yield _mentions(account, purse, now)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _signed_in(account: Account, purse: Purse, now: Callable[[], datetime]) -> Check:
    affordable(purse, ACCOUNT_READ, 1, now=now())
    with account.signing("GET", "/2/users/me") as api:
        answer = api.get("/2/users/me")
    purse.spend(Expense(ACCOUNT_READ))
    return Check("Account", passed=True, detail=f"Signed in as @{answer.read(_Me).data.username}.")


def _mentions(account: Account, purse: Purse, now: Callable[[], datetime]) -> Check:
    if affordable(purse, POST_READ, _SMALLEST, now=now()) < _SMALLEST:
        raise BudgetSpent("What is left this month covers no page of X.", now=now())
    with account.reading() as api:
        query = [*FIELDS, ("max_results", str(_SMALLEST))]
        page = api.get(f"/2/users/{account.own_id}/mentions", query).read(Page)
    if page.data:
        purse.spend(Expense(POST_READ, len(page.data)))
    authors = {str(user.get("id")): user for user in page.includes.users}
    raws = [raw_of(post, authors.get(str(post.get("author_id"))), own_id=account.own_id) for post in page.data[:_SHOWN]]
    heard: list[Heard] = []
    for raw in raws:
        try:
            heard.append(parse(raw))
        except Malformed as error:
            return Check("Mentions", passed=False, detail=str(error))
    cost = plain_amount(ACCOUNT_READ.each + POST_READ.each * len(page.data))
    shown = f"The last {len(heard)} are shown below." if heard else "Nobody has mentioned the account lately."
    return Check("Mentions", passed=True, detail=f"{shown} This test cost at most {cost} USD.", heard=tuple(heard))
