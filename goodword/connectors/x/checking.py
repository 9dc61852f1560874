"""“Test it now”: signs in both ways, and reads the newest posts. Posts nothing; what it costs is said."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goodword.connectors.charging import plain_amount
from goodword.connectors.contract import Check, Heard, Malformed, Refused, Retry, Settings
from goodword.connectors.x.account import NETWORK, Account, read_account
from goodword.connectors.x.parse import parse
from goodword.connectors.x.posts import FIELDS, Page, User, raw_of
from goodword.connectors.x.prices import POST_READ

_SMALLEST = 5  # posts of a page of mentions
_SHOWN = 3


class _Me(msgspec.Struct):
    data: User


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        account = read_account(settings)
        with account.signing("GET", "/2/users/me") as api:
            me = api.get("/2/users/me").read(_Me).data
        yield Check("Account", passed=True, detail=f"Signed in as @{me.username}.")
        yield _mentions(account)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _mentions(account: Account) -> Check:
    with account.reading() as api:
        query = [*FIELDS, ("max_results", str(_SMALLEST))]
        page = api.get(f"/2/users/{account.own_id}/mentions", query).read(Page)
    authors = {str(user.get("id")): user for user in page.includes.users}
    raws = [raw_of(post, authors.get(str(post.get("author_id"))), own_id=account.own_id) for post in page.data[:_SHOWN]]
    heard: list[Heard] = []
    for raw in raws:
        try:
            heard.append(parse(raw))
        except Malformed as error:
            return Check("Mentions", passed=False, detail=str(error))
    cost = plain_amount(POST_READ.each * len(page.data))
    shown = f"The last {len(heard)} are shown below." if heard else "Nobody has mentioned the account lately."
    return Check("Mentions", passed=True, detail=f"{shown} Reading them cost at most {cost} USD.", heard=tuple(heard))
