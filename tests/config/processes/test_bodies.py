"""Who may send how much, and where."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings
from django.test import Client

from goodword.config.processes.bodies import FILES, FORM, HOOK, limit_of
from goodword.kernel.whole_body import Limit
from tests.care.world import World

ENCLOSURES = "/w/harbour/cases/3/enclosures/"


def limit(path: str, *, length: int = FILES.most, cookie: str = "") -> Limit:
    headers = [(b"content-length", b"%d" % length), (b"cookie", cookie.encode())]
    return asyncio.run(limit_of({"type": "http", "path": path, "headers": headers}))


@pytest.mark.parametrize("path", ["/accounts/login/", "/w/harbour/team/", "/live/harbour/", "/s/x/dispute/"])
def test_forms_are_small_whoever_sends_them(path: str) -> None:
    assert limit(path, cookie=f"{settings.SESSION_COOKIE_NAME}=x") == FORM
    assert FORM.most > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_networks_have_a_limit_of_their_own() -> None:
    assert limit("/hooks/x/") == HOOK


@pytest.mark.django_db(transaction=True)
def test_files_are_taken_from_those_who_are_signed_in() -> None:
    client = Client()
    client.force_login(World().agent())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].OutputString()
    made_up = f"{settings.SESSION_COOKIE_NAME}={'a' * 32}"
    assert [limit(ENCLOSURES, cookie=given) for given in (cookie, made_up, "")] == [FILES, FORM, FORM]
    assert limit("/w/harbour/cases/3/replies/", cookie=cookie) == FILES
    assert limit("/w/harbour/cases/3/notes/", cookie=cookie) == FORM
