"""How a view answers both ways: with a page, or with the fragment that htmx swaps into one."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page it is on."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def show(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render the fragment for htmx, the whole page for everyone else."""
    as_fragment = wants_fragment(request)
    response = render(
        request, fragment if as_fragment else page, {**(context or {}), "as_fragment": as_fragment}, status=status
    )
    patch_vary_headers(response, ["HX-Request"])  # one address, two answers: neither may be taken for the other
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def for_one_reader(response: HttpResponse) -> HttpResponse:
    """What a secret address shows: out of indexes and caches, and the address is passed on to no other site."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def see_other(url: str) -> HttpResponse:
    """303: what was posted is done, look there. A reload doesn't post again."""
    return HttpResponse(status=303, headers={"Location": url})


def way_back(given: str, *, otherwise: str) -> str:
    """Where a form asks to go on, if that is a page of our own; else `otherwise`."""
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if is_ours and given.isprintable() else otherwise


def with_events(response: HttpResponse, **events: object) -> HttpResponse:
    """Let the page know: each name becomes a DOM event (`case_changed` → `case-changed`) with its value as detail."""
    named = {name.replace("_", "-"): value for name, value in events.items()}
    response.headers["HX-Trigger"] = json.dumps(named)
    return response


def done(request: HttpRequest, *, go_to: str, says: str = "", undo: str = "", **events: object) -> HttpResponse:
    """Answer a form that succeeded: by going on, or for htmx by a toast and the events that refresh the page.

    `undo` is an address to POST to, offered in the toast.
    """
    if not wants_fragment(request):
        if says:
            messages.success(request, says)
        return see_other(go_to)
    if says:
        events["toast"] = {"text": says, "undo": undo}
    return with_events(HttpResponse(status=204), dialog_close={}, **events)
