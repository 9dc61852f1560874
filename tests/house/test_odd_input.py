"""No door of the product breaks on what somebody types into an address or a form, however odd it is."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from goodword.care.models import Message, MessageKind, Rating, ResolutionLink
from goodword.care.resolve import resolve_case
from goodword.kernel.ids import token_digest
from goodword.listen.public_key import public_key
from tests.care.world import at
from tests.house.test_workspaces import House

pytestmark = pytest.mark.django_db

# As they stand in an address: percent-encoded, some of them bytes that no text has.
ODD = [
    "9" * 5000,
    "9223372036854775808" + quote("٣²"),
    "%ED%A0%80%ff" + quote("\u202e\u2066\u200f\ufeff"),  # a lone surrogate, no UTF-8 at all, directions
    quote("//evil.example/\r\nSet-Cookie: a=b"),
    "%2500",  # for those who read a query within a query
]
FORM = "application/x-www-form-urlencoded"
NUL, LONG = "1%00", "x" * 100_000
_FIELD = re.compile(r"""(?:GET|POST|FILES)(?:\.get|\.getlist)?[(\[]"(\w+)"|_(?:number|figure|pk)\(request, "(\w+)"\)""")
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What a plain form holds, so that one odd field is met behind all others being right.
PLAIN = {"text": "Hello", "name": "Hello", "apply": "1", "case": "1", "kind": "reply", "shared": "1"}
MORE_FIELDS = ("name", "email", "role", "zone", "reason", "shortcut", "title", "text", "theme", "language", "login")
STREAMS = ("live", "chat_live")  # they read nothing that is typed


def doors(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    """Address and view of every page that is ours or that stands under our addresses."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from doors(each, route)
        elif isinstance(each, URLPattern) and each.name not in STREAMS:
            yield re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<str:\1>", route), each.callback


PARTS = 12  # of the doors; they take minutes, which several processes share
DOORS = list(doors(get_resolver()))


@pytest.fixture
def house() -> House:
    made = House("harbour", 0)
    ResolutionLink.objects.create(
        workspace=made.world.workspace,
        episode=made.case.episodes.get(),
        digest=token_digest("token"),
        asked_at=at(0),
        expires_at=at(10_000_000),
    )
    return made


def address(route: str, ids: dict[str, Any], odd: str = "") -> str:
    """The address with the ids of the house; with `odd`, in place of the last parameter."""
    names = [match[2] for match in _PARAMETER.finditer(route)]
    odd_name = names[-1] if odd and names else ""
    return "/" + _PARAMETER.sub(lambda m: odd if m[2] == odd_name else str(ids.get(m[2], "x")), route)


def fields_of(view: Any) -> list[str]:
    """Names that the view's module reads out of queries and forms."""
    source = inspect.getsource(inspect.getmodule(inspect.unwrap(view)) or view)
    return sorted({match[1] or match[2] for match in _FIELD.finditer(source)} | set(MORE_FIELDS))


@pytest.fixture
def client(house: House) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(house.agent)
    return made


def broken(client: Client, method: str, path: str, query: str = "", body: str = "") -> str:
    """What broke, if anything did. Nothing of it stays."""
    kept = dict(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path, body, content_type=FORM, QUERY_STRING=query)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(kept)
    if answer.status_code < 500:
        return ""
    return f"{method} {path[:80]}?{query[:80]} {body[:80]}: {getattr(answer, 'exc_info', None)}"


def ids_of(house: House) -> dict[str, Any]:
    return {**house.ids, "workspace": "harbour", "token": "token", "key": "simulator", "uidb36": "1"}


def test_there_are_doors_and_fields_to_try() -> None:
    assert len(DOORS) > 60
    assert {"q", "next", "case", "seen_inbound_id"} <= {name for _, view in DOORS for name in fields_of(view)}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_door_breaks(house: House, client: Client, part: int) -> None:
    found = [trouble for route, view in DOORS[part::PARTS] for trouble in tried(house, client, route, view)]
    assert not found, "\n".join(found)


def tried(house: House, client: Client, route: str, view: Any) -> Iterator[str]:
    """What breaks behind one door."""
    ids = ids_of(house)
    if route.startswith("chat/"):
        ids["key"] = public_key(house.world.source)
    path, names = address(route, ids), fields_of(view)
    requests = [("GET", address(route, ids, odd), "", "") for odd in (*ODD, NUL) if "<" in route]
    for shift in range(len(ODD)):  # each field gets each odd value, and never all the same
        pairs = "&".join(f"{name}={ODD[(shift + at) % len(ODD)]}" for at, name in enumerate(names))
        requests += [("GET", path, pairs, ""), ("POST", path, "", pairs)]
    for odd in (NUL, LONG):
        pairs = "&".join(f"{name}={odd}" for name in names[:10])
        requests += [("GET", path, pairs, ""), ("POST", path, "", pairs)]
    for name in names:
        plain = "&".join(f"{key}={value}" for key, value in PLAIN.items() if key != name)
        requests.append(("POST", path, "", f"{plain}&{name}={ODD[0]}"))
    yield from filter(None, (broken(client, *request) for request in requests))


@pytest.mark.parametrize(
    ("path", "cookie"), [("%00", ""), ("?a%00=1", ""), ("?q=%00", ""), ("", 'sessionid="\\000aaaaaaaa"')]
)
def test_what_is_no_text_is_refused_with_a_page_that_says_so(client: Client, path: str, cookie: str) -> None:
    answer = client.get(f"/w/harbour/search/{path}", **({"HTTP_COOKIE": cookie} if cookie else {}))
    assert answer.status_code == 400
    assert b"Go back and type it again" in answer.content


@pytest.mark.parametrize("host", ["evil.example", "[half", "a b"])
def test_a_host_that_is_none_of_ours_is_refused_with_a_page(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    assert b"Go back" in answer.content


@pytest.mark.parametrize("multipart", [False, True])
@pytest.mark.parametrize("form", [{"text": "a\0b"}, {"text\0": "ab"}])
def test_a_form_that_is_no_text_is_refused_and_nothing_of_it_kept(
    house: House, client: Client, form: dict[str, str], multipart: bool
) -> None:
    path, notes = f"/w/harbour/cases/{house.case.number}/notes/", Message.objects.filter(kind=MessageKind.NOTE)
    before = notes.count()
    answer = client.post(path, form) if multipart else client.post(path, urlencode(form), content_type=FORM)
    assert (answer.status_code, notes.count()) == (400, before)
    assert client.post(path, {"text": "ab"}).status_code == 303
    assert notes.count() == before + 1


def test_a_customers_words_are_kept_without_what_is_no_text(house: House) -> None:
    resolve_case(case=house.case, by=None, ask=False, now=at(1))
    answer = Client().post("/s/token/rating/", urlencode({"solved": "5", "comment": "Fine\0!"}), content_type=FORM)
    assert answer.status_code == 303
    assert Rating.objects.get().comment == "Fine!"
