"""Addresses of the pages that show several rooms, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.web.views import (
    being_there,
    customers,
    inbox,
    make_goods,
    mentions,
    more,
    notices,
    proofs,
    reports,
    search,
    set_up,
    today,
)

app_name = "web"

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/filters/", inbox.filters, name="filters"),
    path("being-there/", being_there.being_there, name="being_there"),
    path("being-there/new/", being_there.new, name="new_presence"),
    path("being-there/page/", being_there.publication, name="brand_page"),
    path("being-there/<int:presence>/", being_there.change, name="presence_promise"),
    path("being-there/<int:presence>/withdrawal/", being_there.withdrawal, name="presence_withdrawal"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:customer>/", customers.customer, name="customer"),
    path("customers/<int:customer>/description/", customers.description, name="describe_person"),
    path("customers/<int:customer>/merge/", customers.merge, name="merge_people"),
    path("customers/<int:customer>/proof/", proofs.proof, name="prove_person"),
    path("customers/<int:customer>/merges/<int:people_merge>/undoing/", customers.undoing, name="people_merge_undoing"),
    path("make-goods/", make_goods.make_goods, name="make_goods"),
    path("make-goods/budget/", make_goods.budget, name="make_good_budget"),
    path("make-goods/<int:make_good>/approval/", make_goods.approval, name="make_good_approval"),
    path("make-goods/<int:make_good>/refusal/", make_goods.refusal, name="make_good_refusal"),
    path("make-goods/<int:make_good>/giving/", make_goods.giving, name="make_good_giving"),
    path("make-goods/<int:make_good>/withdrawal/", make_goods.withdrawal, name="make_good_withdrawal"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("mentions/<int:mention>/case/", mentions.case, name="mention_case"),
    path("mentions/<int:mention>/disposition/", mentions.disposition, name="mention_disposition"),
    path("mentions/<int:mention>/disposition/undoing/", mentions.undoing, name="mention_undoing"),
    path("more/", more.more, name="more"),
    path("notices/", notices.notices, name="notices"),
    path("notices/reading/", notices.all_reading, name="all_notices_reading"),
    path("notices/<int:notice>/reading/", notices.reading, name="notice_reading"),
    path("reports/", reports.reports, name="reports"),
    path("reports/deadlines.csv", reports.deadlines_csv, name="deadlines_csv"),
    path("search/", search.search, name="search"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("today/", today.today, name="today"),
]
