"""Fetches a picture or a recording with the account's token, which goes to Twilio's own address and no further."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from goodword.connectors.contract import Refused, Retry
from goodword.connectors.over_http.calls import Answer, Api
from goodword.connectors.twilio.account import API, NETWORK, Account, no_of_twilio


class _Elsewhere(Refused):
    """The file lies at another address, which needs no token."""

    def __init__(self, address: str) -> None:
        super().__init__("The file lies elsewhere.")
        self.address = address


def fetch(account: Account, url: str, max_bytes: int) -> bytes:
    """Raises `Refused` and `Retry`."""
    origin, path = _split(url)
    if origin not in {account.api_address, API}:
        raise Refused("That is no file of Twilio.")
    try:
        content = _get(account.api(max_bytes=max_bytes, read_no=_follow), path)
    except _Elsewhere as elsewhere:
        origin, path = _split(elsewhere.address)
        content = _get(Api(origin, network=NETWORK, max_bytes=max_bytes), path)
    return content


def _follow(status: int, headers: httpx.Headers, content: bytes) -> Refused | Retry | None:
    """A redirection is told; it is followed without the token."""
    if status in {301, 302, 303, 307, 308} and headers.get("location", "").startswith("http"):
        return _Elsewhere(headers["location"])
    return no_of_twilio(status, headers, content)


def _get(api: Api, path: str) -> bytes:
    with api:
        answer: Answer = api.get(path, headers={"Accept": "*/*"})
    return answer.content


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Refused("That is no address.") from error
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path}?{parts.query}" if parts.query else parts.path
