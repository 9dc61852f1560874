"""A real server of the AT protocol for tests: a PDS and its PLC on loopback, from the packages of their makers.

with RealNetwork() as network:
    mara = network.join("mara")              # an account
    uri = mara.post("Hello")                 # says something
    network.settings(brand)                  # what the connector needs
    network.lose_next_receipt()              # the next record is taken, and its answer lost

They are installed once with npm, into a cache outside the repository.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from goodword.connectors.bluesky.identifiers import POSTS
from goodword.connectors.contract import Settings

PASSWORD = "open-sesame"
_ADMIN = ("admin", "admin-pass")  # as the package sets it up
_PARTS = Path(__file__).parent / "connectors" / "bluesky" / "network"
_OLDEST_NODE = 18
_LONGEST_INSTALL = 900  # seconds


def missing() -> str | None:
    """Why a real network can't be had on this machine; None when it can."""
    if not shutil.which("node") or not shutil.which("npm"):
        return f"Node.js {_OLDEST_NODE} or later with npm is not installed: no real PDS"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    major = version.strip().lstrip("v").partition(".")[0]
    return (
        None if int(major) >= _OLDEST_NODE else f"Node.js {version.strip()} is older than {_OLDEST_NODE}: no real PDS"
    )


def _installed() -> Path:
    """The folder that the network runs in; made once for each lock file, by one process while others wait."""
    cache = Path(os.environ.get("GOODWORD_TEST_CACHE") or Path.home() / ".cache" / "goodword-tests")
    lock = (_PARTS / "package-lock.json").read_bytes()
    folder = cache / f"atproto-{hashlib.sha256(lock).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (cache / f"{folder.name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "installed").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(_PARTS / name, folder / name)
            command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=_LONGEST_INSTALL, check=False
            )
            assert done.returncode == 0, f"npm could not install the network: {done.stderr[-2000:]}"
            (folder / "installed").touch()
    shutil.copy(_PARTS / "network.mjs", folder / "network.mjs")
    return folder


class RealAccount:
    """Somebody on the network."""

    def __init__(self, pds: str, handle: str) -> None:
        self._client = httpx.Client(base_url=pds, timeout=30)
        joined = self._call(
            "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{handle}@example.org", "password": PASSWORD},
        )
        self.handle, self.did = handle, joined["did"]
        self._client.headers["Authorization"] = f"Bearer {joined['accessJwt']}"

    def post(self, text: str, **fields: Any) -> str:
        """Say something; its at-URI."""
        return str(self.put(text, **fields)["uri"])

    def put(self, text: str, **fields: Any) -> dict[str, str]:
        """Say something; its at-URI and content id."""
        return self._call(
            "com.atproto.repo.createRecord",
            {"repo": self.did, "collection": POSTS, "record": self._record(text, fields)},
        )

    def mention(self, other: RealAccount, words: str, **fields: Any) -> str:
        """Say something to somebody."""
        text = f"@{other.handle} {words}"
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": other.did}
        facet = {"index": {"byteStart": 0, "byteEnd": len(other.handle.encode()) + 1}, "features": [feature]}
        return self.post(text, facets=[facet], **fields)

    def edit(self, uri: str, text: str) -> None:
        """Change what was said."""
        what = {"repo": self.did, "collection": POSTS, "rkey": uri.rpartition("/")[2]}
        self._call("com.atproto.repo.putRecord", {**what, "record": self._record(text, {})})

    def delete(self, uri: str) -> None:
        """Take it back."""
        what = {"repo": self.did, "collection": POSTS, "rkey": uri.rpartition("/")[2]}
        self._call("com.atproto.repo.deleteRecord", what)

    def upload(self, content: bytes, kind: str) -> dict[str, Any]:
        """Upload a picture; its blob."""
        told = self._client.post("/xrpc/com.atproto.repo.uploadBlob", content=content, headers={"Content-Type": kind})
        blob: dict[str, Any] = told.raise_for_status().json()["blob"]
        return blob

    def records(self) -> list[dict[str, Any]]:
        """All that it has said, the newest first."""
        query = {"repo": self.did, "collection": POSTS, "limit": "100"}
        told = self._client.get("/xrpc/com.atproto.repo.listRecords", params=query)
        records: list[dict[str, Any]] = told.raise_for_status().json()["records"]
        return records

    def _record(self, text: str, fields: dict[str, Any]) -> dict[str, Any]:
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"$type": POSTS, "text": text, "createdAt": at, **fields}

    def _call(self, method: str, what: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = self._client.post(f"/xrpc/{method}", json=what).raise_for_status().json()
        return told


class RealNetwork:
    """A running network, with a door before its PDS that can lose an answer."""

    def __init__(self) -> None:
        folder = _installed()
        self._process = subprocess.Popen(
            ["node", "network.mjs"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, "the network did not start"
        self.pds = str(json.loads(said)["pds"])
        self._door = _Door(self.pds)
        self._accounts = 0

    def __enter__(self) -> RealNetwork:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._door.close()
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def join(self, name: str) -> RealAccount:
        """A new account; its handle begins with the name."""
        self._accounts += 1
        return RealAccount(self.pds, f"{name}{self._accounts}.test")

    def leave(self, account: RealAccount) -> None:
        """The account is deleted, and with it all that it said."""
        told = httpx.post(f"{self.pds}/xrpc/com.atproto.admin.deleteAccount", json={"did": account.did}, auth=_ADMIN)
        told.raise_for_status()

    def settings(self, brand: RealAccount, **also: str) -> Settings:
        """To hear and answer as this account, by way of the door."""
        return {
            "handle": brand.handle,
            "app_password": PASSWORD,
            "service": self._door.url,
            "ear": "firehose",
            "stream": self.pds.replace("http://", "ws://"),
            "images": f"{self.pds}/xrpc/com.atproto.sync.getBlob?did={{did}}&cid={{cid}}",
            "history_hours": "1",
            **also,
        }

    def lose_next_receipt(self) -> None:
        """The next record that is made by way of the door is made, and the line breaks before the answer."""
        self._door.loses_receipt = True


class _Door:
    """Passes on what comes, one thread a direction."""

    def __init__(self, pds: str) -> None:
        self._pds = httpx.URL(pds)
        self.loses_receipt = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _peer = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, socket.create_connection((self._pds.host, self._pds.port or 80)) as far, suppress(OSError):
            lost = threading.Event()
            threading.Thread(target=self._bring_back, args=(far, near, lost), daemon=True).start()
            while asked := near.recv(65536):
                if self.loses_receipt and b"/xrpc/com.atproto.repo.createRecord " in asked:
                    self.loses_receipt = False
                    lost.set()
                far.sendall(asked)

    def _bring_back(self, far: socket.socket, near: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while told := far.recv(65536):
                if lost.is_set():
                    break
                near.sendall(told)
        for line in (near, far):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
