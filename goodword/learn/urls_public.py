"""Addresses that a reader of letters holds, under `/letters/`."""

from __future__ import annotations

from django.urls import path

from goodword.learn.views import letter_leaving

app_name = "letters"

urlpatterns = [path("<str:token>/", letter_leaving.leave, name="leave")]
