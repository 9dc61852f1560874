"""The twin's side of signing in: applications, a page that asks the person, codes and tokens."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from goodword.connectors.twins.server import Answer, Handler, Request

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Authorize</title>
<h1>{name} would like to use your account @{account}</h1><p>It may: {scopes}</p>
<form method="post">{fields}<button name="answer" value="yes">Authorize</button>
<button name="answer" value="no">Deny</button></form></html>"""
_ASKED = ("client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "response_type")


@dataclass
class _Given:
    """A code, and what it was asked for with; it is good once."""

    client_id: str
    redirect_uri: str
    challenge: str


@dataclass
class Doorkeeper:
    """Hands out tokens. `seconds`: how long one is good; 0: for ever, as on Mastodon."""

    account: str
    first_token: str
    seconds: int = 0
    _applications: dict[str, dict[str, str]] = field(default_factory=dict)
    _codes: dict[str, _Given] = field(default_factory=dict)
    _refresh: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._tokens = {self.first_token}

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """https://docs.joinmastodon.org/methods/apps/ and /oauth/."""
        return {
            ("POST", "/api/v1/apps"): self.make_application,
            ("GET", "/oauth/authorize"): self.ask,
            ("POST", "/oauth/authorize"): self.answer,
            ("POST", "/oauth/token"): self.give_token,
        }

    def lets_in(self, request: Request) -> bool:
        """Whether a request bears a token that is good, or needs none."""
        is_open = request.path.startswith("/oauth/") or request.path == "/api/v1/apps"
        return is_open or request.headers.get("authorization", "").removeprefix("Bearer ") in self._tokens

    def end_tokens(self) -> None:
        """Let all tokens end that were given so far."""
        self._tokens.clear()

    def make_application(self, request: Request) -> Answer:
        """An application, with its secret."""
        asked = request.json()
        made = {
            "client_id": secrets.token_urlsafe(16),
            "client_secret": secrets.token_urlsafe(16),
            "name": str(asked.get("client_name")),
            "redirect_uri": str(asked.get("redirect_uris")),
        }
        self._applications[made["client_id"]] = made
        return Answer(made)

    def ask(self, request: Request) -> Answer:
        """The page on which the person says yes or no."""
        asked = {name: request.get(name) for name in _ASKED}
        application = self._applications.get(asked["client_id"])
        if application is None or asked["redirect_uri"] != application["redirect_uri"]:
            return Answer({"error": "invalid_client"}, 401)
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in asked.items()
        )
        names = {key: html.escape(value) for key, value in {**application, "scopes": asked["scope"]}.items()}
        page = _PAGE.format(name=names["name"], account=self.account, scopes=names["scopes"], fields=fields)
        return Answer(page.encode(), kind="text/html; charset=utf-8")

    def answer(self, request: Request) -> Answer:
        """Send the browser back, with a code or with a no."""
        asked = _form(request)
        application = self._applications.get(asked.get("client_id", ""))
        if application is None or asked.get("redirect_uri") != application["redirect_uri"]:
            return Answer({"error": "invalid_client"}, 401)
        told = {"error": "access_denied", "error_description": "The resource owner denied the request."}
        if asked.get("answer") == "yes":
            told = {"code": secrets.token_urlsafe(16)}
            given = _Given(asked["client_id"], asked["redirect_uri"], asked.get("code_challenge", ""))
            self._codes[told["code"]] = given
        back = f"{asked['redirect_uri']}?{urlencode({**told, 'state': asked.get('state', '')})}"
        return Answer({}, 302, {"location": back})

    def give_token(self, request: Request) -> Answer:
        """A token for a code, once; or for a refresh token, once."""
        asked = _form(request)
        application = self._applications.get(asked.get("client_id", ""), {})
        if not application or asked.get("client_secret") != application["client_secret"]:
            return Answer({"error": "invalid_client"}, 401)
        if asked.get("grant_type") == "refresh_token":
            if asked.get("refresh_token") not in self._refresh:
                return Answer({"error": "invalid_grant"}, 400)
            self._refresh.discard(asked["refresh_token"])
        elif not self._is_good(self._codes.pop(asked.get("code", ""), None), asked):
            return Answer({"error": "invalid_grant", "error_description": "The authorization grant is invalid."}, 400)
        return Answer(self._token())

    def _token(self) -> dict[str, object]:
        token = secrets.token_urlsafe(24)
        self._tokens.add(token)
        given: dict[str, object] = {"access_token": token, "token_type": "Bearer", "scope": "read write"}
        if self.seconds:
            refresh = secrets.token_urlsafe(24)
            self._refresh.add(refresh)
            given |= {"expires_in": self.seconds, "refresh_token": refresh}
        return given

    def _is_good(self, given: _Given | None, asked: Mapping[str, str]) -> bool:
        if given is None or given.client_id != asked.get("client_id"):
            return False
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return given.redirect_uri == asked.get("redirect_uri") and proven == given.challenge


def _form(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(request.body.decode(), keep_blank_values=True).items()}
