"""Calls against a twin that goes wrong in every way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from goodword.connectors.contract import Refused, Retry, Uncertain
from goodword.connectors.over_http.calls import Absent, Api, Declined, Denied, Part
from goodword.connectors.reach import set_web_networks, web_networks
from goodword.connectors.twins.faults import Faults
from goodword.connectors.twins.server import Answer, Handler, Line, Request, Served
from goodword.connectors.twins.world import World


class Says:
    """Answers with one thing."""

    label = "Says"

    def __init__(self, answer: Answer) -> None:
        self.world = World()
        self.answer = answer
        self.asked: list[Request] = []

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        return {("GET", "/x"): self.say, ("POST", "/x"): self.say}

    def say(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answer

    def before(self, request: Request) -> Answer | None:
        return None

    async def stream(self, request: Request, line: Line) -> None:
        await line.close()

    def settings(self, address: str) -> Mapping[str, str]:
        return {}


@pytest.fixture(autouse=True)
def loopback() -> Iterator[None]:
    before = web_networks()
    set_web_networks(["127.0.0.0/8"])
    yield
    set_web_networks([str(network) for network in before])


def outcome(answer: Answer, *, commits: bool) -> object:
    with Served(Says(answer)) as address, Api(address, network="Parrot") as api:
        try:
            told = api.post("/x", json={}, commits=True) if commits else api.get("/x")
            return told.read(dict[str, int])
        except (Refused, Retry, Uncertain) as error:
            assert "<html" not in str(error)
            return type(error)


HTML = Answer(b"<html>Sorry</html>", kind="text/html")
TRUNCATED = Answer(b'{"a": 1')


@pytest.mark.parametrize(
    ("answer", "read", "committed"),
    [
        (Answer({"a": 1}), {"a": 1}, {"a": 1}),
        (HTML, Retry, Uncertain),
        (TRUNCATED, Retry, Uncertain),
        (Answer(b""), Retry, Uncertain),
        (Answer({}, 429, {"retry-after": "7"}), Retry, Retry),
        (Answer({}, 503), Retry, Retry),
        (Answer(b"<html>", 502), Retry, Uncertain),
        (Answer({}, 500), Retry, Uncertain),
        (Answer({}, 504), Retry, Uncertain),
        (Answer({}, 401), Denied, Denied),
        (Answer({}, 404), Absent, Absent),
        (Answer({}, 422), Declined, Declined),
        (Answer({}, 302, {"location": "https://elsewhere.example/"}), Refused, Refused),
    ],
)
def test_each_answer_has_its_word(answer: Answer, read: object, committed: object) -> None:
    assert outcome(answer, commits=False) == read
    assert outcome(answer, commits=True) == committed


@pytest.mark.parametrize(
    ("answer", "is_passing"),
    [
        (Answer(b"<html>Checking your browser</html>", 403), True),
        (Answer(b"<html>", 404), True),
        (Answer(b"", 302, {"location": "https://elsewhere.example/"}), True),
        (Answer({}, 403), False),
        (Answer({}, 404), False),
        (Answer(b"", 401), False),
        (Answer(b"<html>", 410), False),
        (Answer({}, 422), False),
    ],
)
def test_what_a_proxy_may_say_in_the_networks_place_passes_perhaps(answer: Answer, is_passing: bool) -> None:
    with Served(Says(answer)) as address, Api(address, network="Parrot") as api, pytest.raises(Refused) as refused:
        api.get("/x")
    assert refused.value.perhaps_passing is is_passing


def test_an_answer_that_breaks_off() -> None:
    faults = Faults()
    with Served(Says(Answer({"a": 1})), faults=faults) as address, Api(address, network="Parrot") as api:
        faults.lose_next_answer("/x")
        with pytest.raises(Uncertain):
            api.post("/x", json={}, commits=True)
        faults.lose_next_answer("/x")
        with pytest.raises(Retry):
            api.get("/x")
        assert api.get("/x").read(dict[str, int]) == {"a": 1}


def test_nobody_there() -> None:
    with Served(Says(Answer({}))) as address:
        pass
    with Api(address, network="Parrot") as api, pytest.raises(Retry):
        api.post("/x", json={}, commits=True)  # surely not done


def test_what_the_network_says_is_handed_on() -> None:
    says = Says(Answer({"error": "Text can't be blank"}, 422))
    with Served(says) as address, Api(address, network="Parrot") as api, pytest.raises(Refused, match="be blank"):
        api.post("/x", json={"status": ""})


def test_addresses_that_are_none_of_ours() -> None:
    set_web_networks([])
    with Api("https://127.0.0.1", network="Parrot") as api, pytest.raises(Refused, match="GOODWORD_ALSO_FETCH_FROM"):
        api.get("/x")
    with Api("http://93.184.216.34", network="Parrot") as api, pytest.raises(Refused):
        api.get("/x")
    with pytest.raises(Refused):
        Api("ftp://example.com", network="Parrot")


def test_query_form_and_token_arrive() -> None:
    says = Says(Answer({}))
    with Served(says) as address, Api(address, network="Parrot", headers={"Authorization": "Bearer t"}) as api:
        api.get("/x", [("types[]", "a"), ("types[]", "b&c")])
        api.upload("/x", name="ä.png", content=b"\x89PNG", kind="image/png", form={"description": "A jacket"})
    first, second = says.asked
    assert (first.all("types[]"), first.headers["authorization"]) == (["a", "b&c"], "Bearer t")
    assert b"\x89PNG" in second.body
    assert b"A jacket" in second.body


def test_a_form_with_and_without_files() -> None:
    says = Says(Answer({}))
    with Served(says) as address, Api(address, network="Parrot") as api:
        api.post_form("/x", form={"To": "+49 30 1", "Media": ["a", "b"]})
        api.post_form("/x", form={"caption": "A jacket"}, files=[Part("document", "ä.pdf", "application/pdf", b"%PDF")])
    plain, with_file = says.asked
    assert plain.body == b"To=%2B49+30+1&Media=a&Media=b"
    assert b'name="document"' in with_file.body
    assert b"%PDF" in with_file.body


def test_a_network_says_no_in_its_own_words() -> None:
    def read_no(status: int, headers: Mapping[str, str], content: bytes) -> Retry | None:
        return Retry("Too fast.", after=timedelta(seconds=7)) if b"flood" in content else None

    with Served(Says(Answer({"flood": 7}, 400))) as address, Api(address, network="P", read_no=read_no) as api:
        with pytest.raises(Retry) as wait:
            api.post("/x", json={}, commits=True)
        assert wait.value.after == timedelta(seconds=7)
    with (
        Served(Says(Answer({}, 404))) as address,
        Api(address, network="P", read_no=read_no) as api,
        pytest.raises(Absent),
    ):
        api.get("/x")
