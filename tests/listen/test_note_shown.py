"""The web chat says that an answer was seen, once the visitor's frame has shown it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from goodword.connectors.contract import Direction
from goodword.kernel.models import FactRow
from goodword.listen.chat_visitor import anonymous_visitor
from goodword.listen.models import Mention, Source
from goodword.listen.note_shown import note_shown
from goodword.listen.own_words import keep_own_words
from goodword.listen.public_key import public_key
from tests.listen.chat import MARA, OTHER, at, open_chat, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    source = open_chat()
    write(source, "Where is my parcel?")
    answer(source, "reply:one")
    return source


def answer(source: Source, external_id: str) -> None:
    asked = Mention.objects.get(direction=Direction.IN.value)
    keep_own_words(
        source=source,
        answered=asked,
        external_id=external_id,
        text="On its way.",
        private=True,
        automatic=False,
        at=at(2),
        now=at(2),
    )


def told() -> list[list[str]]:
    rows = FactRow.objects.filter(kind="DeliveriesReported").order_by("pk")
    return [[f"{one['native_id']} {one['state']}" for one in row.data["reports"]] for row in rows]


def test_each_answer_is_told_of_once(source: Source) -> None:
    visitor = anonymous_visitor(MARA)
    assert [note_shown(source=source, visitor=visitor, now=at(minute)) for minute in (3, 4)] == [1, 0]
    answer(source, "reply:two")
    assert note_shown(source=source, visitor=visitor, now=at(5)) == 1
    assert told() == [["reply:one read"], ["reply:two read"]]
    assert Mention.objects.get(external_id="reply:one").extra == {"shown_at": at(3).isoformat()}


def test_what_others_have_open_shows_nothing_of_it(source: Source) -> None:
    assert note_shown(source=source, visitor=anonymous_visitor(OTHER), now=at(3)) == 0
    assert told() == []


def ask(source: Source, **form: str) -> None:
    form.setdefault("id", "1")
    who = {} if "visitor" in form else {"Authorization": f"Visitor {MARA}"}
    answer = Client(enforce_csrf_checks=True).post(
        f"/chat/{public_key(source)}/thread/",
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers=who,
    )
    assert answer.status_code == 200
    assert "On its way." in answer.content.decode()


def test_a_frame_that_nobody_has_before_them_has_not_shown_it(source: Source) -> None:
    ask(source, shown="no")
    ask(source)
    assert told() == []
    ask(source, shown="yes")
    assert told() == [["reply:one read"]]


def test_a_page_without_a_script_is_looked_at(source: Source) -> None:
    ask(source, visitor=MARA)
    assert told() == [["reply:one read"]]
