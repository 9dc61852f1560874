"""Answers a post, once, in public. Since February 2026 X lets apps answer only who mentioned or quoted the account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import msgspec

from goodword.connectors.charging import BudgetSpent, Expense, Purse, affordable
from goodword.connectors.contract import Outgoing, Receipt, Refused, Retry, Uncertain
from goodword.connectors.over_http.calls import Denied
from goodword.connectors.x.account import Account
from goodword.connectors.x.parse import original_id, text_of
from goodword.connectors.x.posts import FIELDS, Page, Post
from goodword.connectors.x.prices import POST_READ

_POSTS = "/2/tweets"
_PAGE = 100
_SMALLEST = 5  # posts of a page: https://docs.x.com/x-api/posts/user-posts-timeline-by-user-id
_NAMES_IN_FRONT = re.compile(r"^\s*(?:@\w+\s+)+")
_SCHEME = re.compile(r"https?://")


class _Created(msgspec.Struct):
    id: str
    edit_history_tweet_ids: list[str] = []


class _Sent(msgspec.Struct):
    data: _Created


def send(account: Account, outgoing: Outgoing, now: Callable[[], datetime]) -> Receipt:
    """Raises `Refused`, `Retry` (surely not posted), `Uncertain`."""
    if not outgoing.in_reply_to:
        raise Refused("On X we answer posts only.")
    post = {"text": outgoing.text, "reply": {"in_reply_to_tweet_id": outgoing.in_reply_to}}
    with account.signing("POST", _POSTS) as api:
        try:
            created = api.post(_POSTS, json=post, commits=True).read(_Sent).data
        except Denied as error:
            raise Denied(
                f"{error} X lets apps answer only posts that mention the account or quote it, and no text twice."
            ) from error
    return _receipt(original_id(created.id, created.edit_history_tweet_ids), now())


def find_sent(account: Account, outgoing: Outgoing, purse: Purse, now: Callable[[], datetime]) -> Receipt | None:
    """Among what our account wrote since the post that is answered. Raises `Uncertain`, `Refused`, `BudgetSpent`."""
    if not outgoing.in_reply_to:
        return None
    count = affordable(purse, POST_READ, _PAGE, now=now())
    if count < _SMALLEST:
        raise BudgetSpent("What is left this month covers no page of X.", now=now())
    query = [*FIELDS, ("max_results", str(count)), ("since_id", outgoing.in_reply_to)]
    try:
        with account.reading() as api:
            page = api.get(f"/2/users/{account.own_id}/tweets", query).read(Page)
            if page.data:
                purse.spend(Expense(POST_READ, len(page.data)))
    except Retry as error:
        raise Uncertain(f"X can't be asked whether the reply was posted. {error}") from error
    for post in _posts(page):
        is_same = _letters(outgoing.text) == _letters(text_of(post)) and outgoing.may_stand_since(post.created_at)
        if post.refers("replied_to") == outgoing.in_reply_to and is_same:
            return _receipt(original_id(post.id, post.edit_history_tweet_ids), post.created_at)
    if page.meta.next_token:
        raise Uncertain("Our account wrote so much since that the reply can't be looked for.")
    return None


def _posts(page: Page) -> list[Post]:
    try:
        return msgspec.convert(page.data, list[Post])
    except msgspec.ValidationError as error:
        raise Uncertain("X answered with something that is no post.") from error


def _letters(text: str) -> str:
    """X may write blanks otherwise, gives links a scheme, and puts the names of who is answered in front."""
    return "".join(_SCHEME.sub("", _NAMES_IN_FRONT.sub("", text)).split())


def _receipt(post_id: str, at: datetime) -> Receipt:
    return Receipt(native_id=post_id, at=at, url=f"https://x.com/i/status/{post_id}")
