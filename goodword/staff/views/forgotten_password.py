"""A forgotten password: allauth's pages, where a mail can bring the link; else who can make one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account import views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from goodword.staff.sends_mail import sends_mail

View = Callable[[HttpRequest], HttpResponseBase]


def _by_mail(view: View) -> View:
    """Without a mail server the page says so, the same to whoever asks, instead of that a mail is on its way."""

    @wraps(view)  # with its mark that nobody need be signed in
    def page(request: HttpRequest) -> HttpResponseBase:
        return view(request) if sends_mail() else render(request, "account/no_mail.html")

    return page


password_reset = _by_mail(views.password_reset)
password_reset_done = _by_mail(views.password_reset_done)
