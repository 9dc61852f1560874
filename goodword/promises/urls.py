"""Addresses of promises, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.promises.views import promises

app_name = "promises"

_PROMISE = "promises/<int:promise>/"

urlpatterns = [
    path("promises/", promises.promises, name="all"),
    path(_PROMISE + "confirmation/", promises.confirmation, name="confirmation"),
    path(_PROMISE + "keeping/", promises.keeping, name="keeping"),
    path(_PROMISE + "keeping/withdrawal/", promises.withdrawal, name="withdrawal"),
    path(_PROMISE + "renegotiation/", promises.renegotiation, name="renegotiation"),
]
