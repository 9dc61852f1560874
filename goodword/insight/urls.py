"""Addresses of insight, under `/w/<workspace>/`. Which measure, week or audience is meant, their queries say."""

from __future__ import annotations

from django.urls import path

from goodword.insight.views import letters, scorecard

app_name = "insight"

urlpatterns = [
    path("scorecard/", scorecard.scorecard, name="scorecard"),
    path("scorecard/measure/", scorecard.measure, name="measure"),
    path("scorecard/target/", scorecard.target, name="target"),
    path("letters/", letters.letter, name="letter"),
    path("letters/readers/", letters.readers, name="letter_readers"),
    path("letters/readers/<int:reader>/removal/", letters.removal, name="letter_reader_removal"),
    path("letters/text/", letters.text, name="letter_text"),
]
