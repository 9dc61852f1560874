"""Addresses of the pages that show several rooms, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.web.views import inbox, more, today

app_name = "web"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/filters/", inbox.filters, name="filters"),
    path("more/", more.more, name="more"),
    path("today/", today.today, name="today"),
]
