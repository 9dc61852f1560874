"""The knowledge base, for everybody: what is public of it, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goodword.community.find_articles import find_articles
from goodword.community.models import Article
from goodword.staff.models import Workspace

LONGEST_QUESTION = 400  # characters


@require_safe
def home(request: HttpRequest, brand: str) -> HttpResponse:
    """Search, and all questions that have a public answer. A brand without any has no such page."""
    workspace = get_object_or_404(Workspace, slug=brand)
    question = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUESTION]
    public = Article.objects.public()
    everything = list(public.of(workspace).order_by("title").defer("words"))
    if not everything:
        get_object_or_404(Article.objects.none())
    found = find_articles(public, workspace_id=workspace.pk, text=question) if question.strip() else everything
    context = {"house": workspace.name, "brand_slug": brand, "articles": found, "q": question, "all": everything}
    return _cached(render(request, "community/public/home.html", context))


@require_safe
def article(request: HttpRequest, brand: str, slug: str) -> HttpResponse:
    """One answer."""
    workspace = get_object_or_404(Workspace, slug=brand)
    found = get_object_or_404(Article.objects.of(workspace).public(), slug=slug)
    context = {"house": workspace.name, "brand_slug": brand, "article": found}
    return _cached(render(request, "community/public/article.html", context))


def _cached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
