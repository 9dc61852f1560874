"""Addresses that everybody may open, under `/help/`. The brand is not called `workspace` here: nobody signs in."""

from __future__ import annotations

from django.urls import path

from goodword.community.views import public

app_name = "help"

urlpatterns = [
    path("<slug:brand>/", public.home, name="home"),
    path("<slug:brand>/<slug:slug>/", public.article, name="article"),
]
