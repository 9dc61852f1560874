"""Addresses of staff."""

from __future__ import annotations

from django.urls import path

from goodword.staff.views import preferences, sign_in

app_name = "staff"

urlpatterns = [
    path("sign-in/<str:token>/", sign_in.sign_in, name="sign_in"),
    path("preferences/", preferences.preferences, name="preferences"),
]
