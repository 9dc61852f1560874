"""Text comes as UTF-8. Django reads even an address by the `charset` a request names, and some name no such one."""

from __future__ import annotations

from email.message import Message as Header

from goodword.config.processes.dispatch import Application, Receive, Scope, Send

_REFUSAL = b"Send text as UTF-8.\n"


class Utf8Only:
    """Answers 415 to a request that names another encoding; `application` answers all others."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if _charset(scope) in ("", "utf-8", "utf8"):
            await self._application(scope, receive, send)
            return
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(_REFUSAL))]
        await send({"type": "http.response.start", "status": 415, "headers": headers})
        await send({"type": "http.response.body", "body": _REFUSAL})


def _charset(scope: Scope) -> str:
    header = Header()
    header["content-type"] = dict(scope.get("headers", ())).get(b"content-type", b"").decode("latin-1")
    return str(header.get_param("charset", "")).lower()
