"""“Test it now”: looks at the Page and its Instagram account, and shows what was said last. Posts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from goodword.connectors.contract import Check, Refused, Retry, Settings
from goodword.connectors.meta.items import raw_of
from goodword.connectors.meta.listening import Asking
from goodword.connectors.meta.page import NETWORK, Page, read_page
from goodword.connectors.meta.parse import parse
from goodword.connectors.over_http.calls import Api

_SHOWN = 3
_LOOKED_BACK = timedelta(days=30)


class _Named(msgspec.Struct):
    id: str
    name: str = ""
    username: str = ""


class _Apps(msgspec.Struct):
    data: list[dict[str, object]] = []


def check(settings: Settings) -> Iterator[Check]:
    """Raises nothing."""
    try:
        page = read_page(settings)
        with page.api() as api:
            yield from _steps(page, api)
    except (Refused, Retry) as error:
        yield Check(NETWORK, passed=False, detail=str(error))


def _steps(page: Page, api: Api) -> Iterator[Check]:
    named = page.ask(api, page.page_id).read(_Named)
    yield Check("Page", passed=True, detail=f"{named.name or named.id} on Facebook.")
    if page.instagram_id:
        account = page.ask(api, page.instagram_id).read(_Named)
        yield Check("Instagram", passed=True, detail=f"@{account.username or account.id} on Instagram.")
    apps = page.ask(api, page.page_id, "subscribed_apps").read(_Apps).data
    told = "Meta tells this app of the Page." if apps else "Subscribed as soon as the source runs."
    yield Check("Webhook", passed=True, detail=told)
    now = datetime.now(UTC)
    said = [each for each in Asking(api, page, {}, lambda: now).everything(now - _LOOKED_BACK) if not each.ours]
    newest = sorted(said, key=lambda each: each.at, reverse=True)[:_SHOWN]
    heard = tuple(each for item in newest for each in parse(raw_of(item)))
    detail = f"The last {len(heard)} are shown below." if heard else "Nobody has said anything to the Page lately."
    yield Check("Comments and messages", passed=True, detail=detail, heard=heard)
