"""Asks X once a day which of the newest posts are gone: a batch compliance job, which isn't charged.

A job is made, a list of ids is sent to the address that it names, and later a list of what became of them is fetched
(https://docs.x.com/x-api/compliance/batch-compliance/introduction). What can't be done now is tried again in an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from goodword.connectors.contract import Raw, Refused, Retry
from goodword.connectors.over_http.calls import Api
from goodword.connectors.storable import storable_json
from goodword.connectors.x.account import NETWORK, Account
from goodword.connectors.x.parse import known_as
from goodword.connectors.x.posts import raw_of_gone

_KEPT = 500  # ids
_EVERY = timedelta(days=1)
_AGAIN = timedelta(hours=1)
_GONE = {"deleted", "suspended", "deactivated", "protected", "bounced"}


class _Job(msgspec.Struct):
    id: str
    status: str
    upload_url: str = ""
    download_url: str = ""


class _Made(msgspec.Struct):
    data: _Job


class _Became(msgspec.Struct):
    id: str
    reason: str = ""
    redacted_at: datetime | None = None


class Compliance:
    """Which posts are looked at again: the newest. A job that a restart lost is made again."""

    def __init__(
        self, api: Api, account: Account, recent: Mapping[str, str] | Sequence[str], now: Callable[[], datetime]
    ) -> None:
        self._api, self._account, self._now = api, account, now
        # By the id of each version, since the newest is told as gone: the id that we know the post by.
        self.recent = dict(recent) if isinstance(recent, Mapping) else {str(each): str(each) for each in recent}
        self._job: _Job | None = None
        self._next = now() + _AGAIN

    def note(self, raws: Sequence[Raw]) -> None:
        """Remember what was heard."""
        for raw in raws:
            self.recent |= known_as(raw)
        self.recent = dict(list(self.recent.items())[-_KEPT:])

    def look(self) -> tuple[Raw, ...]:
        """Go on with the job, if it is time; what is gone, once it is known. Trouble here stops no listening."""
        if self._now() < self._next or not self.recent:
            return ()
        try:
            if self._job is None:
                self._job = self._begin()
                return ()
            job = self._api.get(f"/2/compliance/jobs/{self._job.id}").read(_Made).data
            if job.status in {"created", "in_progress"}:
                return ()
            self._job, self._next = None, self._now() + _EVERY
            return self._gone(job) if job.status == "complete" else ()
        except (Refused, Retry):
            self._job, self._next = None, self._now() + _AGAIN
            return ()

    def _begin(self) -> _Job:
        job = self._api.post("/2/compliance/jobs", json={"type": "tweets"}).read(_Made).data
        with Api(_origin(job.upload_url), network=NETWORK) as there:
            there.put_bytes(_path(job.upload_url), content="\n".join(self.recent).encode(), kind="text/plain")
        return job

    def _gone(self, job: _Job) -> tuple[Raw, ...]:
        with Api(_origin(job.download_url), network=NETWORK) as there:
            lines = there.get(_path(job.download_url)).content.splitlines()
        try:
            told = [msgspec.json.decode(storable_json(line)[0], type=_Became) for line in lines if line.strip()]
        except msgspec.DecodeError as error:
            raise Retry("X answered with something that is no list of posts.") from error
        gone = [each for each in told if each.reason in _GONE and each.id in self.recent]
        known = {self.recent.pop(each.id): each for each in gone}
        return tuple(raw_of_gone(post_id, self._at(each)) for post_id, each in known.items())

    def _at(self, became: _Became) -> datetime:
        at = became.redacted_at
        return at if at is not None and at.tzinfo is not None else self._now()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
