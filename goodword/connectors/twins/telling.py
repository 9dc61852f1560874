"""How a twin tells us by webhooks what happens in its world, and the page on which an address is entered for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from html import escape
from typing import Protocol, runtime_checkable
from urllib.parse import parse_qs

import httpx

from goodword.connectors.twins.world import Change, World

_LOOK = 0.1  # seconds
_AGAIN = 1.0  # seconds until what was not taken is told again
_PATIENCE = 10.0


class Telling:
    """Tells one address all changes of a world in their order, from the first on, each until it is taken.

    `tell` posts one change to the address, signed as the network signs, and says whether that was taken; `verify` says
    whether the address is one to be told at all, where the network asks before.
    """

    def __init__(
        self,
        world: World,
        tell: Callable[[str, Change], bool],
        *,
        verify: Callable[[str], bool] | None = None,
    ) -> None:
        self.address = ""
        self.taken = 0  # changes
        self.failed_at: float | None = None  # seconds since 1970; None: the last one was taken
        self._world, self._tell, self._verify = world, tell, verify
        self._told = 0
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def waiting(self) -> int:
        """How many changes were not taken yet."""
        return len(self._world.changes(self._told))

    def begin(self, address: str, *, after: int | None = None) -> bool:
        """Tell this address from now on, where it lets itself be verified; with what comes after change `after`."""
        if self._verify is not None and not self._verify(address):
            return False
        self.address = address
        self._told = self._told if after is None else max(after, self._told)
        self.go_on()
        return True

    def go_on(self) -> None:
        """Tell on, where there is an address."""
        if self.address and self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Tell nothing more until `go_on`."""
        if self._thread is not None:
            self._ended.set()
            self._thread.join(_PATIENCE)
            self._thread = None

    def _run(self) -> None:
        while not self._ended.wait(_LOOK):
            for change in self._world.changes(self._told) if self.address else ():
                if self._ended.is_set():
                    return
                if not self._tell(self.address, change):
                    self.failed_at = time.time()
                    self._ended.wait(_AGAIN)
                    break
                self._told, self.failed_at = change.number, None
                self.taken += 1


@runtime_checkable
class Tells(Protocol):
    """A twin that tells by webhooks; what it serves has a page at / where an address is entered."""

    telling: Telling
    label: str


def post_to(address: str, *, body: bytes, headers: Mapping[str, str]) -> httpx.Response | None:
    """One request; None where nobody answers or it is not taken."""
    try:
        answer = httpx.post(address, content=body, headers=dict(headers), timeout=_PATIENCE)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    return answer if answer.is_success else None


def page_of(twin: Tells, body: bytes | None) -> tuple[int, bytes]:
    """The page on which an address is entered, and what becomes of one that was: status and HTML."""
    if body is None:
        return 200, _page(twin, "")
    address = parse_qs(body.decode("utf-8", "replace")).get("address", [""])[0].strip()
    if address.startswith(("http://", "https://")) and twin.telling.begin(address):
        return 200, _page(twin, "From now on that address is told.")
    return 400, _page(twin, "That address does not answer as it must. Is it copied whole, and does the source run?")


def _page(twin: Tells, says: str) -> bytes:
    label, address = escape(twin.label), escape(twin.telling.address, quote=True)
    return f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{label}, simulated</title>
<style>body {{ font: 1rem/1.5 system-ui; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }}
input {{ font: inherit; width: 100%; box-sizing: border-box; padding: .5rem }}
button {{ font: inherit; padding: .5rem }}
</style><h1>{label}, simulated</h1>
<p>Paste the address that the source's page in Goodword shows under “Where the network tells us”.</p>
<form method="post"><p><label>Address<br><input name="address" value="{address}" required></label></p>
<p><button>Tell this address</button></p></form><p role="status">{says}</p></html>""".encode()
