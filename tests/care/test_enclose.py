from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from goodword.care.enclose import enclose, enclosed, take_out
from goodword.care.models import Case, Enclosure
from goodword.care.send import send_due
from goodword.care.terms import NotAllowed
from goodword.care.undo import undo_reply
from goodword.kernel.clean_file import BadFile
from goodword.kernel.files import path_of
from goodword.listen.models import Source
from goodword.staff.models import Agent
from tests.care.postbox import again, open_postbox, posts, set_mood
from tests.care.test_reply import reply
from tests.care.world import World, at
from tests.listen.test_attach import photo


@pytest.fixture
def postbox(world: World, tmp_path: Path, settings: Settings) -> Source:
    settings.FILES = tmp_path / "files"
    return open_postbox(world, tmp_path / "posts")


@pytest.fixture
def ana(world: World) -> Agent:
    return world.agent()


@pytest.fixture
def case(world: World, postbox: Source) -> Case:
    return world.case(source=postbox)


def upload(name: str = "label.pdf", content: bytes = b"%PDF-1.7\n%") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_file_goes_out_with_the_reply(case: Case, ana: Agent, tmp_path: Path) -> None:
    files = [enclose(case=case, by=ana, file=upload()), enclose(case=case, by=ana, file=upload("me.png", photo()))]
    assert list(enclosed(case=case, by=ana)) == files
    assert [(file.filename, file.media_type) for file in files] == [
        ("label.pdf", "application/pdf"),
        ("me.jpg", "image/jpeg"),
    ]
    reply(case, ana, "", enclosures=files)
    assert not enclosed(case=case, by=ana).exists()
    send_due(now=at(6), limit=9)
    (post,) = posts(tmp_path / "posts")
    assert (post["files"], post["bytes"]) == (["label.pdf", "me.jpg"], sum(file.size for file in files))


def test_undoing_gives_the_file_back(case: Case, ana: Agent) -> None:
    file = enclose(case=case, by=ana, file=upload())
    undo_reply(message=reply(case, ana, "", enclosures=[file]), by=ana, now=at(5.1))
    assert list(enclosed(case=case, by=ana)) == [file]


def test_the_channels_limits_hold(case: Case, ana: Agent) -> None:
    set_mood(case.source, max_attachment_bytes=5)
    with pytest.raises(NotAllowed, match="kB"):
        enclose(case=fresh(case), by=ana, file=upload())
    set_mood(case.source, max_attachment_bytes=10_000, attachment_types=["image/jpeg"])
    with pytest.raises(NotAllowed, match="application/pdf"):
        enclose(case=fresh(case), by=ana, file=upload("photo.jpg"))
    enclose(case=fresh(case), by=ana, file=upload("photo.bin", photo()))
    enclose(case=fresh(case), by=ana, file=upload("photo.bin", photo()))
    with pytest.raises(NotAllowed, match="at most 2"):
        enclose(case=fresh(case), by=ana, file=upload("photo.bin", photo()))
    set_mood(case.source, max_attachments=0)
    with pytest.raises(NotAllowed, match="no files"):
        enclose(case=fresh(case), by=ana, file=upload("photo.bin", photo()))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_program_is_not_sent(case: Case, ana: Agent) -> None:
    with pytest.raises(BadFile):
        enclose(case=case, by=ana, file=upload("setup.exe", b"MZ\x90\x00" + bytes(60)))


def test_nobody_sends_anothers_file_or_one_twice(world: World, case: Case, ana: Agent) -> None:
    ben = world.agent("Ben")
    file = enclose(case=case, by=ben, file=upload())
    with pytest.raises(NotAllowed, match="attach it again"):
        reply(case, ana, "Here.", enclosures=[file])
    reply(case, ben, "Here.", enclosures=[file])
    with pytest.raises(NotAllowed, match="attach it again"):
        reply(case, ben, "Here again.", enclosures=[file])
    take_out(enclosure=file)
    assert Enclosure.objects.exists(), "what was queued stays with its reply"


@pytest.mark.django_db(transaction=True)
def test_a_file_can_be_taken_out_again(case: Case, ana: Agent) -> None:
    first, second = (enclose(case=case, by=ana, file=upload(name)) for name in ("label.pdf", "same.pdf"))
    take_out(enclosure=first)
    assert path_of(case.workspace_id, second.stored_as).exists(), "another row still names it"
    take_out(enclosure=second)
    assert not Enclosure.objects.exists()
    assert not path_of(case.workspace_id, second.stored_as).exists()


def test_a_file_that_is_gone_from_the_store_fails_the_reply(case: Case, ana: Agent) -> None:
    file = enclose(case=case, by=ana, file=upload())
    message = reply(case, ana, "Here.", enclosures=[file])
    path_of(case.workspace_id, file.stored_as).unlink()
    send_due(now=at(6), limit=9)
    assert "file of this reply is gone" in again(message).failure
