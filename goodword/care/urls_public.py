"""Addresses that a customer holds, under `/s/`."""

from __future__ import annotations

from django.urls import path

from goodword.care.views import public

app_name = "customer"

urlpatterns = [
    path("<str:token>/", public.resolution, name="resolution"),
    path("<str:token>/confirmation/", public.confirmation, name="confirmation"),
    path("<str:token>/dispute/", public.dispute, name="dispute"),
    path("<str:token>/rating/", public.rating, name="rating"),
]
