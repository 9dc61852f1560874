"""Calls of a network's HTTP API, each ending in an answer or in a word of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import msgspec

from goodword.connectors.contract import Quota, Refused, Retry, Uncertain
from goodword.connectors.over_http.waiting import quota_of, wait_of
from goodword.connectors.reach import web_networks
from goodword.connectors.storable import storable_json
from goodword.kernel.checked_connection import Forbidden
from goodword.kernel.http_client import HttpClient, NoAnswer, NotSent

_SOON = timedelta(seconds=5)
_LATER = timedelta(seconds=30)
_PASSING = {408, 425, 429, 503}  # said before anything was done, or of being asked too often

T = TypeVar("T")


class Declined(Refused):
    """The network says no; `code` is its own name for the reason, where it has one."""

    def __init__(self, reason: str, *, code: str = "", perhaps_passing: bool = False) -> None:
        super().__init__(reason, perhaps_passing=perhaps_passing)
        self.code = code


class Absent(Declined):
    """What was asked for isn't there, or not for us (404, 410)."""


class Denied(Declined):
    """The network doesn't let us do this (401, 403)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with a status of success."""

    network: str
    status: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)
    commits: bool = False  # the call changed something at the network

    def read(self, shape: type[T]) -> T:
        """The JSON body in this shape. Raises `Retry` for anything else, or `Uncertain` after a call that commits."""
        try:
            return msgspec.json.decode(storable_json(self.content)[0], type=shape)
        except (msgspec.DecodeError, RecursionError) as error:
            kind = self.headers.get("content-type", "no type")[:60]
            raise _passing(f"{self.network} answered with something unexpected ({kind}).", self.commits) from error

    @property
    def quota(self) -> Quota | None:
        """What is left of the rate limit."""
        return quota_of(self.headers)


Refusal = Refused | Retry | Uncertain
# How a network says no in words of its own: of status, headers and body, the exception; None: as networks usually do.
ReadNo = Callable[[int, httpx.Headers, bytes], Refusal | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a form, under the name of its field."""

    field_name: str
    name: str
    kind: str
    content: bytes = field(repr=False)


class Api:
    """One network's API at one address, for one thread at a time. `headers` hold the token; no redirect is followed.

    `commits`, of a call: it changes something at the network, so that a lost answer is `Uncertain` instead of `Retry`.
    All calls raise `Refused` (`Absent`, `Denied`), `Retry` and, where they commit, `Uncertain`.
    """

    def __init__(
        self,
        base: str,
        *,
        network: str,
        headers: Mapping[str, str] | None = None,
        read_no: ReadNo | None = None,
        max_bytes: int = 10_000_000,
    ) -> None:
        """`network` is what people call it, for messages. Raises `Refused` where `base` is no address."""
        self._network = network
        self._read_no = read_no
        self._headers = {"Accept": "application/json", **(headers or {})}
        try:
            self._client = HttpClient(base, also=web_networks(), max_bytes=max_bytes)
        except Forbidden as error:
            raise Refused(f"The address of {network}: {error}", perhaps_passing=True) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def get(
        self, path: str, query: Sequence[tuple[str, str]] = (), *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """GET; changes nothing."""
        return self._call("GET", path, {"params": list(query), "headers": headers}, commits=False)

    def post(
        self, path: str, *, json: object = None, headers: Mapping[str, str] | None = None, commits: bool = False
    ) -> Answer:
        """POST of a JSON body."""
        return self._call("POST", path, {"json": json, "headers": headers}, commits=commits)

    def put_bytes(self, path: str, *, content: bytes, kind: str) -> Answer:
        """PUT of a file as it is: the same again changes nothing."""
        return self._call("PUT", path, {"content": content, "headers": {"Content-Type": kind}}, commits=False)

    def post_bytes(
        self,
        path: str,
        *,
        content: bytes,
        kind: str,
        headers: Mapping[str, str] | None = None,
        commits: bool = False,
    ) -> Answer:
        """POST of a file or a signed body as it is. Unless it commits, it may be tried again, as `upload`."""
        what = {"content": content, "headers": {**(headers or {}), "Content-Type": kind}}
        return self._call("POST", path, what, commits=commits)

    def upload(self, path: str, *, name: str, content: bytes, kind: str, form: Mapping[str, str]) -> Answer:
        """POST of a file in a form. It isn't shown anywhere by itself, so that it may be tried again."""
        return self._call("POST", path, {"files": {"file": (name, content, kind)}, "data": dict(form)}, commits=False)

    def post_form(
        self,
        path: str,
        *,
        form: Mapping[str, str | Sequence[str]],
        files: Sequence[Part] = (),
        commits: bool = False,
    ) -> Answer:
        """POST of a form; with files in several parts."""
        parts = [(each.field_name, (each.name, each.content, each.kind)) for each in files]
        return self._call("POST", path, {"data": dict(form), **({"files": parts} if parts else {})}, commits=commits)

    def _call(self, method: str, path: str, what: Mapping[str, Any], *, commits: bool) -> Answer:
        request = httpx.Request(method, "http://origin" + path, **what)  # encodes it; where to is the client's
        content = request.read() or None
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-length"}}
        try:
            told = self._client.ask(
                method, request.url.raw_path.decode(), headers=headers | self._headers, content=content
            )
        except Forbidden as error:
            raise Refused(
                f"{error} Addresses of others begin with https://. Whoever runs this installation can allow a network"
                " of its own by GOODWORD_ALSO_FETCH_FROM, e.g. 192.168.0.0/16, or 127.0.0.0/8 for this machine.",
                perhaps_passing=True,
            ) from error
        except NotSent as error:
            raise Retry(f"{self._network} can't be reached.", after=_SOON) from error
        except NoAnswer as error:
            raise _passing(f"{self._network}: {error}", commits) from error
        if 200 <= told.status < 300:
            return Answer(self._network, told.status, told.headers, told.content, commits)
        raise self._no(told.status, told.headers, told.content, commits)

    def _no(self, status: int, headers: httpx.Headers, content: bytes, commits: bool) -> Refusal:
        if self._read_no is not None and (read := self._read_no(status, headers, content)) is not None:
            return read
        said, code = _words_of(content), _code_of(content)
        if status in _PASSING:
            return Retry(f"{self._network} asks us to wait ({status}).", after=wait_of(headers, otherwise=_LATER))
        if status >= 500 and status != HTTPStatus.NOT_IMPLEMENTED:
            wait = wait_of(headers, otherwise=_SOON)
            return _passing(f"{self._network} has trouble of its own ({status}).", commits, after=wait)
        odd = not _is_json(content)  # the network itself answers in JSON, a proxy or a firewall with a page
        if status in {401, 403}:
            reason = f"{self._network} doesn't accept our token for this ({status}). {said}".rstrip()
            return Denied(reason, code=code, perhaps_passing=odd and status == HTTPStatus.FORBIDDEN)
        if status in {404, 410}:
            reason = f"{self._network} has no such thing, or not for us ({status}). {said}".rstrip()
            return Absent(reason, code=code, perhaps_passing=odd and status == HTTPStatus.NOT_FOUND)
        if 300 <= status < 400:
            reason = f"{self._network} is elsewhere: enter the address it goes to, {_place(headers)}."
            return Refused(reason, perhaps_passing=True)
        return Declined(f"{self._network} refused: {said or status}", code=code, perhaps_passing=odd)


def _passing(reason: str, commits: bool, after: timedelta = _SOON) -> Retry | Uncertain:
    return Uncertain(reason) if commits else Retry(reason, after=after)


def _told(content: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(storable_json(content)[0], type=dict[str, object])
    except (msgspec.DecodeError, RecursionError):
        return {}


def _is_json(content: bytes) -> bool:
    try:
        msgspec.json.decode(storable_json(content)[0])
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _code_of(content: bytes) -> str:
    code = _told(content).get("error")
    return code[:100] if isinstance(code, str) else ""


def _words_of(content: bytes) -> str:
    """The reason a network gives in JSON, where it gives one; never a page of HTML."""
    told = _told(content)
    words = [told.get(name) for name in ("error_description", "message", "error", "detail")]
    return next((word[:300] for word in words if isinstance(word, str) and word), "")


def _place(headers: httpx.Headers) -> str:
    return str(headers.get("location", "wherever that is"))[:200]
