"""Addresses of care, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.care.views import (
    apologies,
    beside,
    bulk,
    cases,
    causes,
    changes,
    drafts,
    merges,
    readings,
    replies,
    resolutions,
    saved_replies,
    saved_views,
    zones,
)

app_name = "care"

_CASE = "cases/<int:number>/"

urlpatterns = [
    path(_CASE, cases.case, name="case"),
    path(_CASE + "latest/", cases.latest, name="latest"),
    path(_CASE + "beside/", beside.beside, name="beside"),
    path(_CASE + "unread/", cases.unread, name="unread"),
    path(_CASE + "composer/", replies.composer, name="composer"),
    path(_CASE + "replies/", replies.replies, name="replies"),
    path(_CASE + "replies/<int:message>/undoing/", replies.undoing, name="undoing"),
    path(_CASE + "replies/<int:message>/again/", replies.again, name="again"),
    path(_CASE + "reading/", readings.reading, name="reading"),
    path(_CASE + "notes/", drafts.notes, name="notes"),
    path(_CASE + "draft/", drafts.draft, name="draft"),
    path(_CASE + "presence/", drafts.presence, name="presence"),
    path(_CASE + "enclosures/", drafts.enclosures, name="enclosures"),
    path(_CASE + "saved-replies/", drafts.saved_replies, name="saved_replies"),
    path(_CASE + "saved-replies/<int:reply>/", drafts.saved_reply, name="saved_reply"),
    path(_CASE + "colleagues/", drafts.colleagues, name="colleagues"),
    path(_CASE + "assignment/", changes.assignment, name="assignment"),
    path(_CASE + "priority/", changes.priority, name="priority"),
    path(_CASE + "labels/", changes.labels, name="labels"),
    path(_CASE + "cause/", causes.cause, name="cause"),
    path(_CASE + "apology/", apologies.apology, name="apology"),
    path(_CASE + "zone/", zones.zone, name="zone"),
    path(_CASE + "snooze/", changes.snooze, name="snooze"),
    path(_CASE + "snooze/waking/", changes.waking, name="waking"),
    path(_CASE + "resolution/", resolutions.resolution, name="resolution"),
    path(_CASE + "resolution/withdrawal/", resolutions.withdrawal, name="withdrawal"),
    path(_CASE + "merge/", merges.merge, name="merge"),
    path(_CASE + "merges/<int:merge>/undoing/", merges.undoing, name="merge_undoing"),
    path(_CASE + "split/", merges.split, name="split"),
    path("replies/", saved_replies.saved_replies, name="all_saved_replies"),
    path("replies/new/", saved_replies.new, name="new_saved_reply"),
    path("replies/<int:reply>/", saved_replies.change, name="change_saved_reply"),
    path("replies/<int:reply>/deletion/", saved_replies.deletion, name="saved_reply_deletion"),
    path("rows/", cases.rows, name="rows"),
    path("views/", saved_views.views, name="views"),
    path("views/<int:view>/deletion/", saved_views.deletion, name="view_deletion"),
    path("bulk/", bulk.bulk, name="bulk"),
]
