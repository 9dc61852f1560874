"""The knowledge base, for the team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.community.find_articles import find_articles
from goodword.community.forms import ArticleForm
from goodword.community.models import Article
from goodword.community.models.article import Readers
from goodword.community.save_article import BadArticle, all_words, archive_article, contradict_article, save_article
from goodword.honesty.drafts import wait_for_worker
from goodword.honesty.send_over import HeldBack
from goodword.kernel.clock import current_time
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.ui.answers import done, show

LONGEST_QUESTION = 400  # characters
BELIEVED_FOR = timedelta(days=180)  # unless somebody chooses otherwise


@require_GET
@needs(Role.VIEWER)
def articles(request: MemberRequest) -> HttpResponse:
    """All, or those that a question finds; what may not be so any more stands first."""
    question = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUESTION]
    today = current_time().date()
    standing = Article.objects.standing().select_related("owner")
    if question.strip():
        found = list(find_articles(standing, workspace_id=request.workspace.pk, text=question))
    else:
        found = list(standing.of(request.workspace).order_by("title"))
    doubtful = [each for each in found if each.needs_review(today)]
    context = {
        "doubtful": doubtful,
        "articles": [each for each in found if not each.needs_review(today)],
        "q": question,
        "may_act": request.membership.may(Role.AGENT),
        "now": current_time(),
    }
    return render(request, "community/articles.html", context)


@require_GET
@needs(Role.VIEWER)
def article(request: MemberRequest, article: int) -> HttpResponse:
    """One of them."""
    now, found = current_time(), _find(request, article)
    context = {
        "article": found,
        "needs_review": found.needs_review(now.date()),
        "is_public": found.readers == Readers.PUBLIC,
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return render(request, "community/article.html", context)


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def new(request: MemberRequest) -> HttpResponse:
    """Write one."""
    return _write(request, None, _("New article"))


@require_http_methods(["GET", "POST"])
@needs(Role.AGENT)
def change(request: MemberRequest, article: int) -> HttpResponse:
    """Write it anew."""
    return _write(request, _find(request, article), _("Write it anew"))


@require_POST
@needs(Role.AGENT)
def contradiction(request: MemberRequest, article: int) -> HttpResponse:
    """Say that it is not so any more."""
    found = _find(request, article)
    try:
        contradict_article(article=found, why=request.POST.get("why", ""), by=request.agent, now=current_time())
    except BadArticle as error:
        return done(request, go_to=_address(request, found), says=str(error))
    return done(request, go_to=_address(request, found), says=_("It is flagged, and customers don't see it."))


@require_POST
@needs(Role.AGENT)
def archiving(request: MemberRequest, article: int) -> HttpResponse:
    """Put it away."""
    archive_article(article=_find(request, article), by=request.agent, now=current_time())
    return done(request, go_to=reverse("knowledge:articles", args=[request.workspace.slug]), says=_("Put away."))


def _write(request: MemberRequest, article: Article | None, heading: str) -> HttpResponse:
    now = current_time()
    before: dict[str, object] = {
        "title": request.GET.get("title", ""),
        "owner": request.agent.pk,
        "review_on": (now + BELIEVED_FOR).date(),
    }
    if article is not None:
        before = {name: getattr(article, name) for name in ("title", "text", "readers", "owner")}
        before["review_on"] = max(article.review_on, (now + BELIEVED_FOR).date())
    form = ArticleForm(request.workspace, request.POST if request.method == "POST" else None, initial=before)
    context: dict[str, Any] = {"form": form, "heading": heading, "fragment": "community/_article_form.html"}
    if form.is_valid():
        written = form.cleaned_data | {"readers": Readers(form.cleaned_data["readers"])}
        over = request.POST.get("reason", "")
        if written["readers"] == Readers.PUBLIC:
            wait_for_worker(request.workspace, all_words(written["title"], written["text"]), public=True, now=now)
        try:
            kept = save_article(
                workspace=request.workspace, article=article, over=over, by=request.agent, now=now, **written
            )
        except BadArticle as error:
            form.add_error(error.field, str(error))
        except HeldBack as held:
            form.add_error("text", str(held))
            context |= {"found": held.found, "reason": over, "asks_why": True}
        else:
            url = _address(request, kept)
            return done(request, go_to=url, says=_("Kept."), go_to_page=url)
    return show(
        request,
        "ui/dialog_page.html",
        "community/_article_form.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _find(request: MemberRequest, pk: int) -> Article:
    found = Article.objects.of(request.workspace).select_related("owner", "contradicted_by")
    return get_object_or_404(found, pk=pk)


def _address(request: MemberRequest, article: Article) -> str:
    return reverse("knowledge:article", args=[request.workspace.slug, article.pk])
