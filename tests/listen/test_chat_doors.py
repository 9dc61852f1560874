"""The doors of the chat: who may come in, with what, how often, and from which page."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

import jwt
import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.kernel.ids import new_token
from goodword.listen.chat_snippet import snippet_of
from goodword.listen.chat_visitor import anonymous_visitor
from goodword.listen.models import Mention, RawItem, Source
from goodword.listen.public_key import public_key
from goodword.listen.sources import stop_source
from goodword.listen.understand import understand
from goodword.listen.views.chat_limits import Limit, Limiter, TooOften, network_of
from goodword.staff.models import Agent, Membership, Role
from tests.listen.chat import NOON, PAGE, SECRET, open_chat, signed

pytestmark = pytest.mark.django_db

_addresses = (f"192.0.2.{number}" for number in count(1))


@pytest.fixture
def source() -> Source:
    return open_chat()


@pytest.fixture
def browser() -> Iterator[Client]:
    """From an address of its own, since knocks are counted."""
    yield Client(REMOTE_ADDR=next(_addresses), enforce_csrf_checks=True)


def post(
    browser: Client, source: Source, door: str, *, who: str = "", headers: dict[str, str] | None = None, **form: str
):
    form.setdefault("id", str(uuid4()))
    sent = {"Authorization": who} if who else {}
    body = urlencode(form)
    return browser.post(
        f"/chat/{public_key(source)}/{door}/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers={**sent, **(headers or {})},
    )


def anonymous() -> str:
    return f"Visitor {new_token()}"


def known(**claims: object) -> str:
    return f"Bearer {signed(now=datetime.now(UTC), **claims)}"  # type: ignore[arg-type]


def shown(answer: HttpResponse) -> list[str]:
    said = re.findall(r'<div class="said" dir="auto">(.*?)</div>', answer.content.decode(), re.DOTALL)
    return [html.unescape(text) for text in said]


def hidden(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found
    return found[1]


def test_the_frame_may_be_framed_by_its_pages_alone_and_sets_no_cookie(browser: Client, source: Source) -> None:
    answer = browser.get(f"/chat/{public_key(source)}/")
    assert answer.status_code == 200
    assert f"frame-ancestors {PAGE}" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origins", ["https://shop.example; script-src *", "*", ""])
def test_origins_that_make_no_sense_let_nobody_frame_it(browser: Client, source: Source, origins: str) -> None:
    Source.objects.update(settings={**source.settings, "origins": origins})
    policy = browser.get(f"/chat/{public_key(source)}/").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'none'")


def test_an_unknown_key_and_a_source_that_is_no_chat_are_not_there(browser: Client, source: Source) -> None:
    Source.objects.update(connector_key="mail")
    for path in ("", "loader.js"):
        assert browser.get(f"/chat/1-0123456789abcdef/{path}").status_code == 404
    assert browser.get(f"/chat/{public_key(source)}/").status_code == 404
    assert post(browser, source, "messages", who=anonymous(), text="Hi").status_code == 404


def test_the_loader_is_small_and_the_same_for_all(browser: Client, source: Source) -> None:
    snippet = snippet_of(source)
    assert snippet
    answer = browser.get(snippet.loader_url.removeprefix("http://127.0.0.1:8000"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert len(gzip.compress(answer.content)) <= 3 * 1024
    assert b"closed" in answer.content


def test_a_message_is_taken_and_shown_at_once(browser: Client, source: Source) -> None:
    answer = post(
        browser, source, "messages", who=anonymous(), text="Where is my parcel?", page=f"{PAGE}/help?secret=1"
    )
    assert (answer.status_code, shown(answer)) == (200, ["Where is my parcel?"])
    understand(source_id=source.pk, limit=10, now=datetime.now(UTC))
    assert Mention.objects.get().extra == {"page": f"{PAGE}/help"}


def test_a_page_that_is_none_holds_up_no_message(browser: Client, source: Source) -> None:
    answer = post(browser, source, "messages", who=anonymous(), text="Where is my parcel?", page="http://[half")
    assert (answer.status_code, shown(answer)) == (200, ["Where is my parcel?"])


def test_without_a_script_forms_do(browser: Client, source: Source) -> None:
    page = browser.get(f"/chat/{public_key(source)}/")
    token, nonce = hidden(page, "visitor"), hidden(page, "id")
    for _ in range(2):  # a reload sends the form again
        answer = post(browser, source, "messages", visitor=token, id=nonce, text="Hello")
        assert shown(answer) == ["Hello"]
    assert hidden(answer, "visitor") == token
    assert hidden(answer, "id") != nonce
    assert shown(post(browser, source, "thread", visitor=token)) == ["Hello"]
    refused = post(browser, source, "messages", visitor=token, text=" ")
    assert refused.status_code == 422
    assert "Write something first." in refused.content.decode()


def test_what_was_typed_is_kept_when_it_is_refused(browser: Client, source: Source) -> None:
    long = "<b>" + "x" * 4000
    answer = post(browser, source, "messages", visitor=new_token(), text=long)
    assert answer.status_code == 422
    assert html.escape(long) in answer.content.decode()


def test_a_double_click_is_one_message(browser: Client, source: Source) -> None:
    who = anonymous()
    for _ in range(2):
        answer = post(browser, source, "messages", who=who, id="one-and-the-same", text="Hello")
    assert shown(answer) == ["Hello"]
    assert RawItem.objects.count() == 1


def test_nobody_sees_anybody_elses_words(browser: Client, source: Source) -> None:
    post(browser, source, "messages", who=known(sub="mara"), text="My order 40718")
    assert shown(post(browser, source, "thread", who=known(sub="mara"))) == ["My order 40718"]
    for other in (known(sub="omar"), anonymous(), f"Visitor {anonymous_visitor('m' * 43).id:0<43}"):
        assert shown(post(browser, source, "thread", who=other)) == []


def _unsigned(now: datetime) -> str:
    claims = {"sub": "mara", "aud": "harbour-chat", "exp": now + timedelta(minutes=5)}
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"})


@pytest.mark.parametrize(
    "token",
    [
        signed(now=NOON - timedelta(days=400)),
        signed(now=datetime.now(UTC), secret="another secret of thirty-two bytes"),
        signed(now=datetime.now(UTC), aud="other-chat"),
        signed(now=datetime.now(UTC), exp=datetime.now(UTC) + timedelta(days=30)),
        _unsigned(datetime.now(UTC)),
        "",
        "x.y.z",
    ],
    ids=["expired", "forged", "another audience", "lives too long", "unsigned", "empty", "no token"],
)
def test_a_token_that_proves_nothing_opens_nothing(browser: Client, source: Source, token: str) -> None:
    for door in ("messages", "thread", "address"):
        answer = post(browser, source, door, who=f"Bearer {token}", text="Hello")
        assert answer.status_code == 401
        assert SECRET not in answer.content.decode()
    assert not RawItem.objects.exists()


def test_what_a_visitor_writes_under_the_name_of_identity_is_thrown_away(browser: Client, source: Source) -> None:
    post(browser, source, "messages", who=anonymous(), text="I am Mara", identity='{"sub":"mara"}', sub="mara")
    understand(source_id=source.pk, limit=10, now=datetime.now(UTC))
    assert not Mention.objects.select_related("identity").get().identity.verified


@pytest.mark.parametrize("origin", [PAGE, "https://evil.example", "null", "http://testserver.evil.example"])
def test_a_form_of_another_site_is_refused(browser: Client, source: Source, origin: str) -> None:
    answer = post(browser, source, "messages", who=anonymous(), text="Hi", headers={"Origin": origin})
    assert answer.status_code == 403
    assert not RawItem.objects.exists()


def test_our_own_origin_is_let_in(browser: Client, source: Source) -> None:
    answer = post(browser, source, "messages", who=anonymous(), text="Hi", headers={"Origin": "http://testserver"})
    assert answer.status_code == 200


def test_a_body_is_bounded_before_it_is_read(browser: Client, source: Source) -> None:
    assert post(browser, source, "messages", who=anonymous(), text="x" * 70_000).status_code == 413
    path = f"/chat/{public_key(source)}/messages/"
    assert browser.post(path, {"text": "multipart"}).status_code == 415
    assert not RawItem.objects.exists()


def test_who_writes_too_fast_is_told_when_to_try_again(browser: Client, source: Source) -> None:
    who = anonymous()
    answers = [post(browser, source, "messages", who=who, text=f"Hello {n}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 3
    assert "try again in" in answers[-1].json()["error"]
    assert post(browser, source, "messages", who=anonymous(), text="Another visitor").status_code == 200


def test_a_stopped_chat_says_so(browser: Client, source: Source) -> None:
    stop_source(source=source, by=None, reason="holidays", now=NOON)
    assert "This chat is closed" in browser.get(f"/chat/{public_key(source)}/").content.decode()
    assert post(browser, source, "messages", who=anonymous(), text="Hi").status_code == 422


def test_when_nobody_is_there_the_frame_says_so_and_asks_for_an_address(browser: Client, source: Source) -> None:
    who = anonymous()
    assert 'data-asks="no"' in post(browser, source, "messages", who=who, text="Hello").content.decode()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).strftime("%a")
    Source.objects.update(settings={**source.settings, "hours": f"{tomorrow} 09:00-17:00"})
    answer = post(browser, source, "thread", who=who).content.decode()
    assert 'data-asks="yes"' in answer
    assert "we answer by e-mail" in answer
    left = post(browser, source, "address", who=who, address="mara@example.com")
    assert shown(left)[-1] == "Please answer me by e-mail: mara@example.com"
    assert "We will answer you by e-mail" in left.content.decode()
    assert 'data-asks="no"' in left.content.decode()
    wrong = post(browser, source, "address", who=who, address="mara")
    assert (wrong.status_code, "name@example.com" in wrong.json()["error"]) == (422, True)


def test_what_people_wrote_is_shown_as_text(browser: Client, source: Source) -> None:
    answer = post(browser, source, "messages", who=anonymous(), text="<script>alert(1)</script>\x00 \u202e")
    assert b"<script>alert" not in answer.content


@given(st.lists(st.integers(0, 50_000), min_size=1, max_size=60).map(sorted), st.integers(1, 5))
def test_no_more_than_the_limit_gets_through_and_who_waits_as_told_gets_in(moments: list[int], burst: int) -> None:
    limiter = Limiter(Limit(every=timedelta(seconds=2), burst=burst))
    passed = []
    for moment in moments:
        now = NOON + timedelta(milliseconds=moment)
        try:
            limiter.pass_or_refuse("mara", now)
        except TooOften as often:
            told = Limiter(limiter.limit, dict(limiter._due))
            told.pass_or_refuse("mara", now + often.again_in)
        else:
            passed.append(now)
    for first in passed:
        within = [one for one in passed if first <= one < first + timedelta(seconds=2)]
        assert len(within) <= burst + 1


def test_a_household_has_many_addresses_and_counts_once() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


def test_the_sources_page_shows_admins_what_to_put_on_their_pages(browser: Client, source: Source) -> None:
    agent = Agent.objects.create_user("ann@harbour.example", name="Ann")
    Membership.objects.create(workspace=source.workspace, agent=agent, role=Role.ADMIN)
    browser.force_login(agent)
    snippet = snippet_of(source)
    assert snippet
    page = browser.get(f"/w/harbour/sources/{source.pk}/").content.decode()
    assert html.escape(f'<script src="{snippet.loader_url}" async', quote=False) in page
    assert f'href="{snippet.chat_url}"' in page
