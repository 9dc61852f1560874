"""Addresses of the pages that show several rooms, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.web.views import customers, inbox, mentions, more, notices, reports, search, set_up, today

app_name = "web"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/filters/", inbox.filters, name="filters"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:customer>/", customers.customer, name="customer"),
    path("customers/<int:customer>/merge/", customers.merge, name="merge_people"),
    path("customers/<int:customer>/merges/<int:people_merge>/undoing/", customers.undoing, name="people_merge_undoing"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("mentions/<int:mention>/case/", mentions.case, name="mention_case"),
    path("mentions/<int:mention>/disposition/", mentions.disposition, name="mention_disposition"),
    path("mentions/<int:mention>/disposition/undoing/", mentions.undoing, name="mention_undoing"),
    path("more/", more.more, name="more"),
    path("notices/", notices.notices, name="notices"),
    path("notices/reading/", notices.all_reading, name="all_notices_reading"),
    path("notices/<int:notice>/reading/", notices.reading, name="notice_reading"),
    path("reports/", reports.reports, name="reports"),
    path("search/", search.search, name="search"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("today/", today.today, name="today"),
]
