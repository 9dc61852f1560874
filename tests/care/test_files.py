from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from goodword.care.enclose import enclose
from goodword.kernel.file_types import UNKNOWN
from goodword.kernel.files import keep
from goodword.listen.attach import attach
from goodword.listen.models import Attachment
from goodword.staff.models import Role
from tests.care.postbox import open_postbox
from tests.care.world import World, at
from tests.listen.test_attach import came, photo


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def visitor(world: World, client: Client) -> Client:
    client.force_login(world.agent("Vi", Role.VIEWER), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(attachment: Attachment) -> str:
    return f"/files/{attachment.workspace.slug}/{attachment.stored_as}"


def ready(world: World, content: bytes) -> Attachment:
    attachment = came(world, "thing.png", content=content)
    attach(attachment=attachment, now=at(2))
    return attachment


def test_a_picture_is_shown_from_our_own_origin(world: World, visitor: Client) -> None:
    response = visitor.get(address(ready(world, photo())))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script></html>", b"<svg onload='alert(1)'/>", b"%PDF-1"])
def test_anything_else_is_offered_as_bytes_that_do_nothing(world: World, visitor: Client, content: bytes) -> None:
    response = visitor.get(address(ready(world, content)))
    assert response.headers["Content-Type"] == UNKNOWN
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_what_waits_or_was_refused_is_not_given_out(world: World, visitor: Client) -> None:
    waiting = came(world, content=photo())
    assert visitor.get(address(waiting)).status_code == 404
    kept = keep(world.workspace.pk, b"nobody noted this")
    assert visitor.get(f"/files/{world.slug}/{kept}").status_code == 404
    assert visitor.get(f"/files/{world.slug}/..%2f..%2fsecret_key").status_code == 404


def test_a_file_is_for_its_own_workspace(world: World, visitor: Client, client: Client) -> None:
    theirs = ready(World("other"), photo())
    assert visitor.get(address(theirs)).status_code == 404
    assert visitor.get(f"/files/{world.slug}/{theirs.stored_as}").status_code == 404
    client.logout()
    assert client.get(address(ready(world, photo()))).status_code == 302


def test_what_goes_out_can_be_looked_at(world: World, visitor: Client, tmp_path: Path) -> None:
    case = world.case(source=open_postbox(world, tmp_path / "posts"))
    enclosure = enclose(case=case, by=world.agent(), file=SimpleUploadedFile("photo.jpg", photo()))
    response = visitor.get(f"/files/{world.slug}/{enclosure.stored_as}")
    assert response.headers["Content-Type"] == "image/jpeg"
