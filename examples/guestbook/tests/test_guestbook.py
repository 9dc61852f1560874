"""The guestbook keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from goodword_guestbook.connector import Guestbook
from goodword_guestbook.twin import make_twin

from goodword.connectors.contract import Author, Raw
from goodword.connectors.contract_suite import ContractSuite, ListeningSuite, SendingSuite, Subject, TransmissionSuite
from goodword.connectors.contract_suite.twin_world import TwinWorld
from goodword.connectors.twins.world import World

RECORDED = [
    Raw("entry/1", b'{"id":1,"at":"2026-03-04T10:41:00Z","by":"mara","text":"The soup was cold."}'),
    Raw("entry/2", b'{"id":2,"at":"2026-03-04T11:00:00Z","by":"harbour","text":"Sorry!","answers":1,"key":"k"}'),
]
MALFORMED = [Raw("x", b"{}"), Raw("y", b"<html>"), Raw("z", b'{"id":1,"at":"2026-03-04T10:41:00","by":"m","text":""}')]


class TestGuestbook(ContractSuite, ListeningSuite, SendingSuite, TransmissionSuite):
    @pytest.fixture
    def subject(self) -> Iterator[Subject]:
        with TwinWorld(
            make_twin(World("harbour")),
            native_id=lambda post: str(post.number),
            author=lambda account: Author(native_id=account.handle, handle=account.handle),
            posts_to="/api/entries",
        ) as world:
            yield Subject(Guestbook(), world.settings, RECORDED, MALFORMED, world=world, echoes=True)
