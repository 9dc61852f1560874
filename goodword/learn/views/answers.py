"""Answers: what is missing from the knowledge base, and what goes from it into a reply."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.care.draft import save_draft
from goodword.care.models import Case, MessageKind
from goodword.community.models import Article
from goodword.community.save_article import count_inserted
from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id
from goodword.learn.answer_cause import answer_cause
from goodword.learn.answers import LOOKED_BACK, as_reply, unanswered, unanswered_topics
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role
from goodword.triage.models import Cause
from goodword.ui.answers import done, see_other, wants_fragment


@require_GET
@needs(Role.VIEWER)
def missing(request: MemberRequest) -> HttpResponse:
    """What is asked and no article answers, the most asked first."""
    now = current_time()
    context = {
        "unanswered": unanswered(request.workspace, now=now),
        "topics": unanswered_topics(request.workspace),
        "articles": Article.objects.of(request.workspace).standing().order_by("title"),
        "days": LOOKED_BACK.days,
        "may_act": request.membership.may(Role.AGENT),
        "now": now,
    }
    return render(request, "learn/missing.html", context)


@require_POST
@needs(Role.AGENT)
def answer(request: MemberRequest, cause: int) -> HttpResponse:
    """An article answers a cause; without one, none does."""
    found = get_object_or_404(Cause.objects.of(request.workspace).select_related("area"), pk=cause)
    given = request.POST.get("article", "")
    article = Article.objects.of(request.workspace).standing().filter(pk=read_id(given) or 0).first()
    answer_cause(cause=found, article=article, by=request.agent, now=current_time())
    back = reverse("learn:missing", args=[request.workspace.slug])
    says = _("“%s” answers it.") % article.title if article else _("No article answers it.")
    return done(request, go_to=back, says=says)


@require_POST
@needs(Role.AGENT)
def insertion(request: MemberRequest, number: int, article: int) -> HttpResponse:
    """The words of an article for a reply; without a script they become the draft."""
    case = get_object_or_404(Case.objects.of(request.workspace), number=number)
    found = get_object_or_404(Article.objects.of(request.workspace).standing(), pk=article)
    count_inserted(article=found)
    text = as_reply(found, workspace=request.workspace)
    if wants_fragment(request):
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    save_draft(case=case, by=request.agent, kind=MessageKind.REPLY, text=text, private=False, now=current_time())
    return see_other(reverse("care:case", args=[request.workspace.slug, number]))
