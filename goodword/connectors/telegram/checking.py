"""“Test it now”: each step of connecting, and what waits to be heard. Posts nothing, and takes nothing away."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goodword.connectors.contract import Check, Heard, Malformed, Raw, Refused, Retry, Settings
from goodword.connectors.over_http.calls import Api
from goodword.connectors.telegram.account import NETWORK, WEBHOOK, Account, read_account, result_of
from goodword.connectors.telegram.listening import ask_me, ask_webhook
from goodword.connectors.telegram.parse import parse

_SHOWN = 3


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        account = read_account(settings)
        with account.api() as api:
            yield from _steps(api, account)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _steps(api: Api, account: Account) -> Iterator[Check]:
    me = ask_me(api, account)
    yield Check("Bot", passed=True, detail=f"Signed in as @{me.username}.")
    if not me.can_read_all_group_messages:
        detail = "In groups it hears commands and answers to it. For mentions, switch its privacy off at @BotFather."
        yield Check("Groups", passed=True, detail=detail)
    webhook = ask_webhook(api, account)
    if account.way == WEBHOOK:
        problem = webhook.last_error_message[:200] if webhook.pending_update_count else ""
        detail = f"Telegram can't tell us: {problem}" if problem else "Set up as soon as the source runs."
        yield Check("Webhook", passed=not problem, detail=detail)
        if not webhook.url:
            yield _waiting(api, account)
    elif webhook.url:
        detail = "This bot tells somebody by a webhook. Choose “Telegram tells us”, or delete that webhook."
        yield Check("Messages", passed=False, detail=detail)
    else:
        yield _waiting(api, account)


def _waiting(api: Api, account: Account) -> Check:
    """Without an offset nothing counts as heard (https://core.telegram.org/bots/api#getupdates)."""
    updates = result_of(api.post(account.path("getUpdates"), json={"timeout": 0}), list[msgspec.Raw])
    heard = [each for update in updates for each in _heard(bytes(update))]
    shown = tuple(heard[: -_SHOWN - 1 : -1])
    detail = (
        f"The last {len(shown)} that wait are shown below." if shown else "Nothing waits. Write to the bot, and try."
    )
    return Check("Messages", passed=True, detail=detail, heard=shown)


def _heard(update: bytes) -> tuple[Heard, ...]:
    try:
        return tuple(parse(Raw("shown", update)))
    except Malformed:
        return ()
