"""Addresses of the listening pages, under `/w/<workspace>/listening/`."""

from __future__ import annotations

from django.urls import path

from goodword.web.views import listening, listening_topics

app_name = "listening"

urlpatterns = [
    path("", listening.listening, name="explorer"),
    path("topics/", listening_topics.topics, name="topics"),
    path("searches/new/", listening.saving, name="new_search"),
    path("searches/<int:search>/", listening.saving, name="search"),
    path("searches/<int:search>/alarm/", listening.alarm, name="alarm"),
    path("searches/<int:search>/stoppage/", listening.stoppage, name="stoppage"),
    path("searches/<int:search>/resumption/", listening.resumption, name="resumption"),
    path("searches/<int:search>/deletion/", listening.deletion, name="deletion"),
]
