"""What a survey's link opens. Opening it records nothing, since mail scanners open links; a POST does.

Whoever holds the address answers for the customer, so no cookie is asked for and there is nothing that a forged form
could use (`csrf_exempt`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goodword.kernel.clock import current_time
from goodword.kernel.ids import read_id, token_digest
from goodword.process.answer_survey import NoAnswer, answer_survey, can_change
from goodword.process.models import Survey
from goodword.process.survey_words import ends, question, scale
from goodword.ui.answers import for_one_reader, see_other


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and the answer that was given; an unknown link and an expired one are answered alike."""
    found = Survey.objects.filter(digest=token_digest(token), expires_at__gt=current_time())
    asked = found.select_related("workspace").first()
    if asked is None:
        return for_one_reader(render(request, "process/public/survey_gone.html", status=404))
    problem = ""
    if request.method == "POST":
        answer = read_id(request.POST.get("answer", ""))
        try:
            answer_survey(survey=asked, answer=answer, comment=request.POST.get("comment", ""), now=current_time())
        except NoAnswer as error:
            problem = str(error)
        else:
            return for_one_reader(see_other(reverse("survey:answer", args=[token])))
    least, most = ends(asked.kind)
    context = {
        "survey": asked,
        "house": asked.workspace.name,
        "question": question(asked.kind, asked.workspace.name),
        "scale": scale(asked.kind),
        "least": least,
        "most": most,
        "can_change": can_change(asked, current_time()),
        "comment": request.POST.get("comment", asked.comment)[:20_000],
        "problem": problem,
    }
    status = 422 if problem else 200
    return for_one_reader(render(request, "process/public/survey.html", context, status=status))
