"""Addresses of honesty, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.honesty.views import honesty, statements

app_name = "honesty"

urlpatterns = [
    path("honesty/", honesty.home, name="home"),
    path("honesty/rules/", honesty.rules, name="rules"),
    path("honesty/statements/new/", statements.new, name="new_statement"),
    path("honesty/statements/<int:statement>/withdrawal/", statements.withdrawal, name="statement_withdrawal"),
]
