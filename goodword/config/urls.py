"""Addresses. Everything of a workspace lives under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
