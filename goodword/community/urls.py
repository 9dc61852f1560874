"""Addresses of the knowledge base, under `/w/<workspace>/knowledge/`."""

from __future__ import annotations

from django.urls import path

from goodword.community.views import articles

app_name = "knowledge"

urlpatterns = [
    path("", articles.articles, name="articles"),
    path("new/", articles.new, name="new"),
    path("<int:article>/", articles.article, name="article"),
    path("<int:article>/change/", articles.change, name="change"),
    path("<int:article>/contradiction/", articles.contradiction, name="contradiction"),
    path("<int:article>/archiving/", articles.archiving, name="archiving"),
]
