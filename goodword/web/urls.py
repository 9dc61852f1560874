"""Addresses of the pages that show several rooms, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.web.views import customers, inbox, more, reports, search, today

app_name = "web"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/filters/", inbox.filters, name="filters"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:customer>/", customers.customer, name="customer"),
    path("customers/<int:customer>/merge/", customers.merge, name="merge_people"),
    path("customers/<int:customer>/merges/<int:people_merge>/undoing/", customers.undoing, name="people_merge_undoing"),
    path("more/", more.more, name="more"),
    path("reports/", reports.reports, name="reports"),
    path("search/", search.search, name="search"),
    path("today/", today.today, name="today"),
]
