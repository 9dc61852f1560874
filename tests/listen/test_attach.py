from __future__ import annotations

import http.server
import io
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from goodword.connectors.contract import Refused, Retry
from goodword.kernel.clean_file import CleanFile, clean_file
from goodword.kernel.files import keep, path_of
from goodword.listen import attach as attach_module
from goodword.listen.attach import attach, attach_waiting
from goodword.listen.models import Attachment, Source
from tests.care.world import World, at
from tests.kernel.clamd import VIRUS, clamd

State = Attachment.State
MINUTES_GIVEN = 120


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> None:
    settings.FILES = tmp_path / "files"
    settings.VIRUS_SCANNER = ""


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def foreign(tmp_path: Path, settings: Settings) -> Iterator[str]:
    """A web server of somebody else, as far as one can be had on the loopback."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    (folder / "photo").write_bytes(photo())

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: object, **options: object) -> None:
            super().__init__(*given, directory=str(folder), **options)  # type: ignore[arg-type]

        def log_message(self, *given: object) -> None:
            pass

    settings.ALSO_FETCH_FROM = ["127.0.0.0/8"]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def came(world: World, filename: str = "photo.jpg", *, content: bytes | None = None, url: str = "") -> Attachment:
    """A file that came with a mention, as the understanding notes it."""
    mention = world.inbound(world.case()).mention
    assert mention is not None
    return Attachment.objects.create(
        workspace=world.workspace,
        mention=mention,
        filename=filename,
        declared_type="image/jpeg",
        remote_url=url,
        stored_as=keep(world.workspace.pk, content) if content is not None else "",
    )


def looked_at(attachment: Attachment, minutes: float = 2) -> Attachment:
    attach(attachment=attachment, now=at(minutes))
    return Attachment.objects.get(pk=attachment.pk)


def test_a_photo_is_drawn_anew(world: World) -> None:
    attachment = came(world, "../photo\u202e.png", content=photo())
    ready = looked_at(attachment)
    assert (ready.state, ready.sniffed_type, ready.filename) == (State.READY, "image/jpeg", "photo.jpg")
    kept = path_of(world.workspace.pk, ready.stored_as).read_bytes()
    assert ready.size == len(kept)
    assert b"secret" not in kept
    (only,) = (path for path in path_of(world.workspace.pk, ready.stored_as).parents[1].rglob("*") if path.is_file())
    assert only.read_bytes() == kept, "as it came, it tells where it was taken"
    assert "no scanner" in ready.reason


def test_another_file_stays_as_it_is_and_is_known_by_its_content(world: World) -> None:
    ready = looked_at(came(world, "photo.jpg", content=b"%PDF-1.7\n%"))
    assert (ready.state, ready.sniffed_type, ready.filename) == (State.READY, "application/pdf", "photo.jpg")
    assert path_of(world.workspace.pk, ready.stored_as).read_bytes() == b"%PDF-1.7\n%"


@pytest.mark.parametrize(
    ("filename", "content", "reason"),
    [
        ("photo.jpg", b"MZ\x90\x00" + bytes(60), "program"),
        ("invoice.pdf.exe", b"%PDF-1.7\n%", "program"),
        ("photo.jpg", b"", "empty"),
        ("photo.jpg", photo()[:300], "damaged"),
        ("big.txt", b"x" * 2001, "larger than"),
    ],
)
def test_what_nobody_should_open_is_refused_with_its_reason(
    world: World, settings: Settings, filename: str, content: bytes, reason: str
) -> None:
    settings.MAX_FILE_BYTES = 2000
    refused = looked_at(came(world, filename, content=content))
    assert (refused.state, refused.stored_as) == (State.REFUSED, "")
    assert reason in refused.reason


def test_a_stored_file_that_is_gone_is_refused_and_the_rest_goes_on(world: World) -> None:
    gone, there = came(world, content=b"gone"), came(world, content=photo())
    path_of(world.workspace.pk, gone.stored_as).unlink()
    attach_waiting(after_id=0, limit=9, now=at(2))
    gone.refresh_from_db()
    there.refresh_from_db()
    assert (gone.state, gone.reason) == (State.REFUSED, "It is missing from the file store.")
    assert there.state == State.READY


def test_foreign_media_are_fetched_once_and_served_from_here(world: World, foreign: str) -> None:
    ready = looked_at(came(world, "photo", url=f"{foreign}/photo"))
    assert (ready.state, ready.sniffed_type, ready.filename) == (State.READY, "image/jpeg", "photo.jpg")
    assert b"secret" not in path_of(world.workspace.pk, ready.stored_as).read_bytes()


def test_a_foreign_address_leads_nowhere_but_outside(world: World, foreign: str, settings: Settings) -> None:
    settings.ALSO_FETCH_FROM = []
    for url in (f"{foreign}/photo", "file:///etc/passwd"):
        refused = looked_at(came(world, url=url))
        assert (refused.state, refused.reason) == (State.REFUSED, "Its address is none that may be fetched.")


def test_what_is_gone_is_refused_and_what_may_come_back_waits_for_a_while(world: World, foreign: str) -> None:
    assert "404" in looked_at(came(world, url=f"{foreign}/nothing")).reason
    away = came(world, url="http://127.0.0.1:1/photo")
    assert looked_at(away, MINUTES_GIVEN).state == State.WAITING
    assert looked_at(away, MINUTES_GIVEN + 2).state == State.REFUSED


def test_the_scanner_has_a_say(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.VIRUS_SCANNER = str(tmp_path / "clamd")
    waiting = came(world, "a.txt", content=b"hello")
    assert looked_at(waiting).state == State.WAITING, "what can't be scanned is not shown"
    with clamd(tmp_path / "clamd"):
        assert (looked_at(waiting).state, looked_at(waiting).reason) == (State.READY, "")
        infected = looked_at(came(world, "a.txt", content=b"so " + VIRUS))
    assert infected.state == State.REFUSED
    assert "Test.Virus" in infected.reason


def test_one_round_looks_at_each_waiting_file_once(world: World) -> None:
    files = [came(world, content=photo()) for _ in range(3)]
    away = came(world, url="http://127.0.0.1:1/photo")
    last = attach_waiting(after_id=0, limit=2, now=at(2))
    assert last == files[1].pk
    last = attach_waiting(after_id=last or 0, limit=9, now=at(2))
    assert last == away.pk
    assert attach_waiting(after_id=last or 0, limit=9, now=at(2)) is None
    assert set(Attachment.objects.filter(state=State.READY)) == set(files)


def test_a_file_that_breaks_its_reader_holds_up_no_other_and_is_refused_in_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking, fine = came(world, "song.mp3", content=b"breaks"), came(world, content=photo())

    def clean(content: bytes, filename: str) -> CleanFile:
        if content == b"breaks":
            raise RecursionError("too deep")
        return clean_file(content, filename)

    monkeypatch.setattr(attach_module, "clean_file", clean)
    states = []
    for minutes in (2, 3, 4):
        attach_waiting(after_id=0, limit=9, now=at(minutes))
        breaking.refresh_from_db()
        states.append(breaking.state)
    fine.refresh_from_db()
    assert (states, fine.state) == ([State.WAITING, State.WAITING, State.REFUSED], State.READY)
    assert (breaking.attempts, breaking.stored_as) == (3, "")
    assert "RecursionError" in breaking.reason


class Parcels:
    """A connector whose files nobody can have but itself."""

    def fetch(self, *, settings: Mapping[str, Any], url: str, max_bytes: int) -> bytes:
        if url == "parcel:later":
            raise Retry("They ask us to wait.")
        if url != "parcel:7" or max_bytes <= 0:
            raise Refused("It is gone.")
        return photo()


def test_a_connector_fetches_what_needs_its_secrets(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Source, "connector", property(lambda _source: Parcels()))
    assert looked_at(came(world, url="parcel:7")).state == State.READY
    gone = looked_at(came(world, url="parcel:8"))
    assert (gone.state, gone.reason) == (State.REFUSED, "It could not be fetched: It is gone.")
    assert looked_at(came(world, url="parcel:later")).state == State.WAITING
