"""What no page can mean is refused before any page sees it: U+0000, which no database keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.loader import render_to_string


class OddInputMiddleware:
    """Answers 400 to U+0000 in an address, a cookie or a form.

    Doors for programs (`csrf_exempt`) read their own forms: some keep what a customer says with the character replaced.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _has_nul([request.path, *_texts(request.GET), *request.COOKIES.values()]):
            return _refused()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Only now it is known whether the door reads its own form."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False) and _has_nul(_texts(request.POST)):
            return _refused()
        return None


def _texts(given: QueryDict) -> Iterable[str]:
    return chain(given, chain.from_iterable(values for _name, values in given.lists()))


def _has_nul(texts: Iterable[str]) -> bool:
    return any("\0" in text for text in texts)


def _refused() -> HttpResponse:
    # As Django renders it, too: without the request, of which nothing is known to make sense.
    return HttpResponse(render_to_string("400.html"), status=400)
