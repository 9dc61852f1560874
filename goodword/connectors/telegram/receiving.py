"""What Telegram tells by a webhook (https://core.telegram.org/bots/api#setwebhook). Pure."""

from __future__ import annotations

from goodword.connectors.contract import Refused, Retry, Settings
from goodword.connectors.receiving import NotTaken, Proof, Received, Refusal, Webhook, WebhookRequest, is_same
from goodword.connectors.telegram.account import WEBHOOK, read_account
from goodword.connectors.telegram.listening import taken

TOLD = Webhook(proof=Proof.TOKEN, is_entered=False)
_HEADER = "x-telegram-bot-api-secret-token"


def receive(settings: Settings, request: WebhookRequest) -> Received:
    """Raises `NotTaken`."""
    try:
        account = read_account({**settings, "way": WEBHOOK})
    except Refused as refusal:
        raise NotTaken(Refusal.UNPROVEN, str(refusal)) from refusal
    if not is_same(request.headers.get(_HEADER, ""), account.webhook_secret):
        raise NotTaken(Refusal.UNPROVEN)
    try:
        raw = taken(account, request.body, account.name)
    except Retry as error:
        raise NotTaken(Refusal.MALFORMED, "It is no update.") from error
    return Received((raw,) if raw else ())
