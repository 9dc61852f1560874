"""What a customer's link opens: is it solved, and how well. Opening it records nothing, since mail scanners open links.

Whoever holds the address speaks for the customer; nothing else lets anyone in, so no cookie is asked for and there is
nothing that a forged form could use (`csrf_exempt`; the address is not passed on to other sites either).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from goodword.care.decide import MovedOn, can_decide, confirm_resolution, dispute_by_link
from goodword.care.models import Episode, Rating, Resolution, ResolutionLink
from goodword.care.rate import NoRating, can_change, rate_resolution
from goodword.kernel.clock import current_time
from goodword.kernel.ids import token_digest
from goodword.ui.answers import for_one_reader, see_other

LONGEST_WORDS = 20_000  # characters


def for_holder(view: Callable[[HttpRequest, ResolutionLink], HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the link of the token; answer an unknown and an expired one alike, and keep all of it out of indexes."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        link = (
            ResolutionLink.objects.select_related("episode__case__workspace", "episode__rating")
            .filter(digest=token_digest(token), expires_at__gt=current_time())
            .first()
        )
        response = render(request, "care/public/gone.html", status=404) if link is None else view(request, link)
        return for_one_reader(response)

    return csrf_exempt(guarded)


@for_holder
@require_safe
def resolution(request: HttpRequest, link: ResolutionLink) -> HttpResponse:
    """The question, what was answered already, and the survey."""
    return _page(request, link)


@for_holder
@require_POST
def confirmation(request: HttpRequest, link: ResolutionLink) -> HttpResponse:
    """It is solved."""
    with suppress(MovedOn):  # the page says so
        confirm_resolution(episode=link.episode, now=current_time())
    return _back(request)


@for_holder
@require_POST
def dispute(request: HttpRequest, link: ResolutionLink) -> HttpResponse:
    """It is not solved."""
    words = request.POST.get("words", "").replace("\x00", "")[:LONGEST_WORDS]
    try:
        dispute_by_link(episode=link.episode, words=words, now=current_time())
    except MovedOn as moved:
        if words.strip() and link.episode.customer_words != words.strip():
            return _page(request, link, words=words, words_error=str(moved), status=422)
    return _back(request)


@for_holder
@require_POST
def rating(request: HttpRequest, link: ResolutionLink) -> HttpResponse:
    """How well it was solved, and how the person was."""
    try:
        rate_resolution(
            episode=link.episode,
            solved=_figure(request, "solved"),
            person=_figure(request, "person"),
            comment=request.POST.get("comment", "").replace("\x00", ""),
            way=Rating.Way.LINK,
            now=current_time(),
        )
    except NoRating as error:
        return _page(request, link, rating_error=str(error), status=422)
    return _back(request)


def _page(request: HttpRequest, link: ResolutionLink, *, status: int = 200, **more: str) -> HttpResponse:
    episode = link.episode
    is_open = can_decide(episode)
    rating = Rating.objects.filter(episode=episode).first()
    context = {
        "token": _token(request),
        "case": episode.case,
        "house": episode.case.workspace.name,
        "says": _says(episode, is_open),
        "can_decide": is_open,
        "confirmed": episode.resolution == Resolution.CONFIRMED,
        "rating": rating,
        # While it is worked on again, nobody is asked how well it was solved.
        "can_rate": is_open and (rating is None or can_change(rating, current_time())),
        "questions": [
            ("solved", _("How well was it solved?"), rating.solved if rating else None, _how_well()),
            ("person", _("How was the person who helped you?"), rating.person if rating else None, _how_well()),
        ],
        "comment": request.POST.get("comment", rating.comment if rating else ""),
        **more,
    }
    return render(request, "care/public/resolution.html", context, status=status)


def _says(episode: Episode, is_open: bool) -> str:
    """Where it stands, in one sentence."""
    if not is_open:
        return _("We are working on it again. You will hear from us.")
    if episode.resolution == Resolution.CONFIRMED:
        return _("Good to hear that it is solved. Thank you.")
    return _("We think that this is solved. Is it?")


def _how_well() -> list[tuple[int, str]]:
    return [(5, _("Very well")), (4, _("Well")), (3, _("So-so")), (2, _("Badly")), (1, _("Very badly"))]


def _figure(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given in {"1", "2", "3", "4", "5"} else None


def _token(request: HttpRequest) -> str:
    return str(request.resolver_match.kwargs["token"]) if request.resolver_match else ""


def _back(request: HttpRequest) -> HttpResponse:
    return see_other(reverse("customer:resolution", kwargs={"token": _token(request)}))
