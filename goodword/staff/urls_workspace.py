"""Addresses of staff, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.staff.views import hours, members, rosters, teams, webhooks, workspace

app_name = "team"

urlpatterns = [
    path("set-up/name/", workspace.naming, name="name_workspace"),
    path("team/hours/", hours.hours, name="hours"),
    path("team/hours/calendars/new/", hours.new_calendar, name="new_calendar"),
    path("team/hours/calendars/<int:calendar>/", hours.calendar, name="calendar"),
    path("team/hours/calendars/<int:calendar>/deletion/", hours.calendar_deletion, name="calendar_deletion"),
    path("team/hours/agents/<int:agent>/", rosters.roster, name="roster"),
    path("team/hours/agents/<int:agent>/absences/", rosters.absence, name="absence"),
    path("team/hours/absences/<int:absence>/return/", rosters.coming_back, name="coming_back"),
    path("team/", members.members, name="members"),
    path("team/invitations/", members.invitations, name="invitations"),
    path("team/members/<int:agent>/", members.member, name="member"),
    path("team/members/<int:agent>/link/", members.link, name="link"),
    path("team/members/<int:agent>/removal/", members.removal, name="removal"),
    path("team/webhooks/", webhooks.webhooks, name="webhooks"),
    path("team/webhooks/new/", webhooks.new, name="new_webhook"),
    path("team/webhooks/<int:webhook>/", webhooks.webhook, name="webhook"),
    path("team/webhooks/<int:webhook>/change/", webhooks.change, name="change_webhook"),
    path("team/webhooks/<int:webhook>/secret/", webhooks.secret, name="webhook_secret"),
    path("team/webhooks/<int:webhook>/switch/", webhooks.switch, name="webhook_switch"),
    path("team/webhooks/<int:webhook>/trial/", webhooks.trial, name="webhook_trial"),
    path("team/webhooks/<int:webhook>/deletion/", webhooks.deletion, name="webhook_deletion"),
    path("team/webhooks/deliveries/<int:delivery>/again/", webhooks.again, name="webhook_again"),
    path("team/teams/new/", teams.new, name="new_team"),
    path("team/teams/<int:team>/", teams.change, name="change_team"),
    path("team/teams/<int:team>/deletion/", teams.deletion, name="team_deletion"),
]
