"""Addresses of surveys that a customer holds, under `/survey/`."""

from __future__ import annotations

from django.urls import path

from goodword.process.views import survey_public

app_name = "survey"

urlpatterns = [path("<str:token>/", survey_public.survey, name="answer")]
