"""The suite's rules for signing in fail for a connector that breaks one: a planted fault for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from goodword.connectors.authorizing import Attempt, Departure
from goodword.connectors.contract import Capabilities, Field, Heard, Raw, Refused, Settings
from goodword.connectors.contract_suite import ContractBroken, Subject, authorizes
from goodword.connectors.over_http.oauth import address_of, code_of
from tests.connectors.paid_network import PaidWorld


@dataclass
class Asking(PaidWorld):
    """A network that remembers the challenge of each code."""

    challenges: dict[str, str] = field(default_factory=dict)

    def authorize(self, address: str, *, says_yes: bool) -> Mapping[str, str]:
        asked = dict(parse_qsl(urlsplit(address).query))
        if not says_yes:
            return {"error": "access_denied", "state": asked.get("state", "")}
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked.get("code_challenge", "")
        return {"code": code, "state": asked.get("state", "")}


class Sound:
    """A connector that keeps every rule."""

    key = "sound"
    label = "Sound"
    fields: Sequence[Field] = (Field("token", "Token", secret=True), Field("server", "Server"))
    obtains: Sequence[str] = ("token",)

    def __init__(self, network: Asking) -> None:
        self.network = network

    def capabilities(self, settings: Settings) -> Capabilities:
        return Capabilities()

    def parse(self, raw: Raw, settings: Settings) -> Sequence[Heard]:
        return ()

    def depart(self, *, settings: Settings, attempt: Attempt) -> Departure:
        address = address_of("https://network.example/ask", client_id="us", scopes=["read"], attempt=attempt)
        return Departure(address, {"client_secret": "kept to ourselves"})

    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        code = code_of(query, network="It")
        if self.network.challenges.pop(code, None) != attempt.challenge:
            raise Refused("The code isn't good.")
        return {"token": f"token for {code}"}

    def renew(self, *, settings: Settings, now: datetime) -> Mapping[str, str] | None:
        return None


class ShowsWhatItBrings(Sound):
    obtains = ("server",)


class ChangedAddress(Sound):
    """Leaves with something else in the address."""

    before, after = "", ""

    def depart(self, *, settings: Settings, attempt: Attempt) -> Departure:
        departure = super().depart(settings=settings, attempt=attempt)
        return Departure(departure.address.replace(self.before, self.after), departure.kept)


class AsksForToken(ChangedAddress):
    before, after = "response_type=code", "response_type=token"


class NoState(ChangedAddress):
    before, after = "&state=", "&other="


class PlainChallenge(ChangedAddress):
    before, after = "S256", "plain"


class AnotherWayBack(ChangedAddress):
    before, after = "goodword.example", "evil.example"


class TellsTheSecret(ChangedAddress):
    before, after = "client_id=us", "client_id=us&client_secret=kept to ourselves"


class TellsTheVerifier(ChangedAddress):
    before, after = "client_id=us", "client_id=us&verifier=" + authorizes.ATTEMPT.verifier


class ChangesMore(Sound):
    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        return {"token": "it", "server": "https://elsewhere.example"}


class BringsNothing(Sound):
    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        return {"token": ""}


class RenewsAtOnce(Sound):
    def renew(self, *, settings: Settings, now: datetime) -> Mapping[str, str] | None:
        return {"token": "another"}


class RenewBreaks(Sound):
    def renew(self, *, settings: Settings, now: datetime) -> Mapping[str, str] | None:
        return {"token": settings["token"]} if not settings["token"] else None


class TakesANo(Sound):
    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        return {"token": "anyway"}


class BreaksOnANo(Sound):
    def arrive(
        self, *, settings: Settings, attempt: Attempt, kept: Mapping[str, str], query: Mapping[str, str]
    ) -> Mapping[str, str]:
        return {"token": query["code"]}


RULES: dict[str, Callable[[Subject, Asking], None]] = {
    "departs": authorizes.check_departs,
    "arrives": authorizes.check_arrives,
    "refusals": authorizes.check_refusals,
}
PLANTED: list[tuple[str, type[Sound]]] = [
    ("departs", ShowsWhatItBrings),
    ("departs", AsksForToken),
    ("departs", NoState),
    ("departs", PlainChallenge),
    ("departs", AnotherWayBack),
    ("departs", TellsTheSecret),
    ("departs", TellsTheVerifier),
    ("arrives", ChangesMore),
    ("arrives", BringsNothing),
    ("arrives", RenewsAtOnce),
    ("arrives", RenewBreaks),
    ("refusals", TakesANo),
    ("refusals", BreaksOnANo),
]


def _try(rule: str, kind: type[Sound]) -> None:
    network = Asking()
    RULES[rule](Subject(kind(network), {}, recorded=[], world=network), network)


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_connector_passes(rule: str) -> None:
    _try(rule, Sound)


@pytest.mark.parametrize(("rule", "kind"), PLANTED, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_a_planted_fault_is_found(rule: str, kind: type[Sound]) -> None:
    with pytest.raises(ContractBroken):
        _try(rule, kind)


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)
