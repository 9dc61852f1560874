from __future__ import annotations

from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from goodword.connectors.contract import Author, Heard, Media
from goodword.listen.attaching import look_at_attachments
from goodword.listen.attachments import note_attachments
from goodword.listen.clock import look_for_waiting_attachments
from goodword.listen.models import Attachment, Mention
from tests.care.world import World, at
from tests.listen.test_attach import photo


@pytest.fixture
def mention(db: None, tmp_path: Path, settings: Settings) -> Mention:
    settings.FILES = tmp_path / "files"
    world = World()
    heard = world.inbound(world.case()).mention
    assert heard is not None
    return heard


def heard(*media: Media) -> Heard:
    return Heard(native_id="m", author=Author("mara"), at=at(0), text="Look!", media=media)


def waiting() -> int:
    return ProcrastinateJob.objects.filter(status="todo", task_name=look_at_attachments.name).count()


def test_files_that_came_are_looked_at_by_one_job(mention: Mention) -> None:
    note_attachments([mention], [heard()])
    assert waiting() == 0
    for _ in range(2):
        note_attachments([mention], [heard(Media("photo.jpg", "image/jpeg", content=photo()))])
    assert waiting() == 1
    look_at_attachments()
    assert [file.state for file in Attachment.objects.all()] == [Attachment.State.READY] * 2


def test_what_waits_is_tried_again_by_the_clock(mention: Mention) -> None:
    look_for_waiting_attachments(timestamp=0)
    assert waiting() == 0
    Attachment.objects.create(
        workspace=mention.workspace, mention=mention, filename="a", remote_url="http://x.invalid/"
    )
    look_for_waiting_attachments(timestamp=0)
    look_for_waiting_attachments(timestamp=300)
    assert waiting() == 1
