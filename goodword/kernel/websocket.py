"""Listens to a websocket on a checked connection, without threads: what came is asked for, a batch at a time.

Framing is the library's (`websockets`, its part without I/O). Pings are answered; a line that says nothing is asked,
and given up if it stays silent. Compression by extension is not offered: a small message may unfold to any size.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import httpcore
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from goodword.kernel.addresses import Network
from goodword.kernel.checked_connection import CheckedBackend, Deadline, Resolver, resolve, tls
from goodword.kernel.http_client import checked_origin

_READ = 1 << 18  # bytes at once
_ASK_AFTER = 20.0  # seconds of silence until we ask whether somebody is there
_GIVE_UP_AFTER = 50.0
_AT_ONCE = 0.001  # seconds; what is there already comes within


class Disconnected(Exception):
    """The line is gone, or never was; the message says why, as far as the other side told.

    `status` is the HTTP status where the other side refused to open a websocket.
    """

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class WebSocket:
    """An open line that we listen to."""

    def __init__(self, stream: httpcore.NetworkStream, protocol: ClientProtocol, deadline: Deadline) -> None:
        self._stream = stream
        self._protocol = protocol
        self._deadline = deadline
        self._parts: list[bytes] = []  # of a message that came in fragments
        self._heard_at = self._asked_at = time.monotonic()

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        subprotocol: str = "",
        also: Sequence[Network] = (),
        seconds: float = 20,
        max_message: int = 4_000_000,
        resolver: Resolver = resolve,
    ) -> Self:
        """Open `ws://` (networks of our own only) or `wss://`. Raises `Forbidden`, `Disconnected`."""
        target = checked_origin(url, {"ws", "wss"})
        secure = target.scheme == "wss"
        deadline = Deadline(seconds)
        backend = CheckedBackend(deadline=deadline, also=also, resolver=resolver, public=secure)
        try:
            stream = backend.connect_tcp(target.host, target.port or (443 if secure else 80))
            if secure:
                stream = stream.start_tls(tls(), target.host)
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise Disconnected("The other side can't be reached.") from error
        spoken = [Subprotocol(subprotocol)] if subprotocol else None
        protocol = ClientProtocol(parse_uri(str(target)), subprotocols=spoken, max_size=max_message)
        line = cls(stream, protocol, deadline)
        try:
            line._shake_hands(headers or {})
        except BaseException:
            stream.close()
            raise
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def receive(self, seconds: float, *, at_most: int = 1_000) -> list[bytes]:
        """The messages that came, text as UTF-8: what is there, else what comes within `seconds`, else none.

        Stops reading once there are `at_most`; one more read may have brought more. Raises `Disconnected`.
        """
        messages = self._arrived()  # perhaps together with the handshake
        wait = _AT_ONCE if messages else seconds
        while len(messages) < at_most and self._read(wait):
            messages += self._arrived()
            wait = _AT_ONCE if messages else seconds
        if not messages:
            self._look_after_silence()
        return messages

    def send(self, text: str) -> None:
        """Send one message. Raises `Disconnected`."""
        if self._protocol.state is not State.OPEN:
            raise Disconnected(_farewell(self._protocol))
        self._protocol.send_text(text.encode())
        self._flush()

    def close(self) -> None:
        """Say goodbye, without waiting for an answer."""
        with suppress(httpcore.NetworkError, httpcore.TimeoutException):
            if self._protocol.state is State.OPEN:
                self._protocol.send_close()
                self._flush()
        self._stream.close()

    def _shake_hands(self, headers: Mapping[str, str]) -> None:
        request = self._protocol.connect()
        request.headers["User-Agent"] = "Goodword"
        for name, value in headers.items():
            request.headers[name] = value
        self._protocol.send_request(request)
        self._flush()
        while self._protocol.state is State.CONNECTING and self._protocol.handshake_exc is None:
            if not self._read(self._deadline.left()):
                raise Disconnected("The other side doesn't answer.")
        refusal = self._protocol.handshake_exc
        if isinstance(refusal, InvalidStatus):
            status, told = refusal.response.status_code, (refusal.response.body or b"")[:200].decode("utf-8", "replace")
            raise Disconnected(f"The other side answered {status}: {told}", status=status)
        if refusal is not None:
            raise Disconnected("The other side doesn't speak websocket.")

    def _read(self, seconds: float) -> bool:
        """Take in what comes within `seconds`; whether anything did."""
        self._deadline.restart(seconds)
        try:
            data = self._stream.read(_READ)
        except httpcore.ReadTimeout:
            return False
        except httpcore.NetworkError as error:
            raise Disconnected(_farewell(self._protocol)) from error
        if not data:
            self._protocol.receive_eof()
            raise Disconnected(_farewell(self._protocol))
        self._heard_at = time.monotonic()
        self._protocol.receive_data(data)
        try:
            self._flush()
        except Disconnected:
            if self._protocol.close_rcvd is None:  # else it has said why it ends, and hears no goodbye
                raise
        return True

    def _arrived(self) -> list[bytes]:
        messages = []
        for event in self._protocol.events_received():
            if not isinstance(event, Frame):
                continue
            if event.opcode in {Opcode.TEXT, Opcode.BINARY, Opcode.CONT}:
                if event.fin and not self._parts:
                    messages.append(bytes(event.data))
                    continue
                self._parts.append(bytes(event.data))
                if event.fin:
                    messages.append(b"".join(self._parts))
                    self._parts = []
        if not messages and self._protocol.state is not State.OPEN:
            raise Disconnected(_farewell(self._protocol))
        return messages

    def _look_after_silence(self) -> None:
        now = time.monotonic()
        if now - self._heard_at > _GIVE_UP_AFTER:
            raise Disconnected("The other side has fallen silent.")
        if now - max(self._heard_at, self._asked_at) > _ASK_AFTER:
            self._asked_at = now
            self._protocol.send_ping(b"")
            self._flush()

    def _flush(self) -> None:
        self._deadline.restart(_GIVE_UP_AFTER)
        for data in self._protocol.data_to_send():
            if data:
                try:
                    self._stream.write(data)
                except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                    raise Disconnected("The connection broke.") from error


def _farewell(protocol: ClientProtocol) -> str:
    if protocol.close_rcvd is not None:
        return f"The other side ended it: {protocol.close_rcvd.code} {protocol.close_rcvd.reason}".strip()
    if protocol.parser_exc is not None:
        return f"The other side broke the rules of websockets: {type(protocol.parser_exc).__name__}."
    return "The connection broke."
