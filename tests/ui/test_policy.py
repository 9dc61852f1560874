"""The policy goes with every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from goodword.ui.policy import ContentSecurityPolicyMiddleware


def policy_of(response: HttpResponse) -> str:
    def view(request: HttpRequest) -> HttpResponse:
        return response

    return ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/")).headers["Content-Security-Policy"]


def test_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = policy_of(HttpResponse())
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_view_may_say_who_frames_it_and_may_be_stricter() -> None:
    framed = HttpResponse()
    framed.frame_ancestors = "https://shop.example"  # type: ignore[attr-defined]  # as the middleware reads it
    assert "frame-ancestors https://shop.example" in policy_of(framed)
    assert policy_of(HttpResponse(headers={"Content-Security-Policy": "sandbox"})) == "sandbox"
