"""Where the reader of a letter takes themselves off. Opening it changes nothing, since mail scanners open links.

Whoever holds the address may leave by it, so no cookie is asked for and there is nothing that a forged form could use
(`csrf_exempt`); mail programs post to it by themselves (RFC 8058).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goodword.kernel.clock import current_time
from goodword.learn.letter_readers import reader_of, remove_readers
from goodword.learn.models import LetterReader
from goodword.ui.answers import for_one_reader


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The letters that this address gets, to leave some of them; a bare POST leaves the one that it came with."""
    reader = reader_of(token)
    if reader is None:
        return for_one_reader(render(request, "learn/public/letters_left.html", status=404))
    mine = LetterReader.objects.of(reader.workspace_id).filter(email=reader.email).order_by("audience")
    if request.method == "POST":
        named = set(request.POST.getlist("audience")) or {reader.audience}
        remove_readers(readers=[each for each in mine if each.audience in named], by=None, now=current_time())
        return for_one_reader(render(request, "learn/public/letters_left.html", {"left": True}))
    context = {"house": reader.workspace.name, "reader": reader, "mine": mine}
    return for_one_reader(render(request, "learn/public/letters.html", context))
