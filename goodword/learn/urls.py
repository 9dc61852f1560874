"""Addresses of learn, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.learn.views import answers, causes, improvements, problems

app_name = "learn"

_CAUSE, _PROBLEM, _IMPROVEMENT = "causes/<int:cause>/", "problems/<int:problem>/", "improvements/<int:improvement>/"

urlpatterns = [
    path("causes/", causes.causes, name="causes"),
    path("causes/new/", causes.new_cause, name="new_cause"),
    path(_CAUSE, causes.cause, name="cause"),
    path(_CAUSE + "change/", causes.change_cause, name="change_cause"),
    path(_CAUSE + "article/", answers.answer, name="answer"),
    path(_CAUSE + "retirement/", causes.retirement, name="retirement"),
    path("areas/new/", causes.new_area, name="new_area"),
    path("areas/<int:area>/", causes.change_area, name="change_area"),
    path("knowledge/missing/", answers.missing, name="missing"),
    path("cases/<int:number>/articles/<int:article>/", answers.insertion, name="insertion"),
    path("problems/", problems.problems, name="problems"),
    path("problems/new/", problems.new, name="new_problem"),
    path(_PROBLEM, problems.problem, name="problem"),
    path(_PROBLEM + "change/", problems.change, name="change_problem"),
    path(_PROBLEM + "closing/", problems.closing, name="closing"),
    path(_PROBLEM + "cases/", problems.links, name="links"),
    path(_PROBLEM + "improvements/new/", improvements.new, name="new_improvement"),
    path(_IMPROVEMENT, improvements.improvement, name="improvement"),
    path(_IMPROVEMENT + "change/", improvements.change, name="change_improvement"),
    path(_IMPROVEMENT + "in-place/", improvements.in_place, name="in_place"),
    path(_IMPROVEMENT + "in-place/withdrawal/", improvements.withdrawal, name="not_in_place"),
    path(_IMPROVEMENT + "words/", improvements.words, name="words"),
]
