"""Rules for signing in at the network: asked as RFC 7636 and 9700 have it, a no is a no, and only secrets come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable
from urllib.parse import parse_qs, urlsplit

from goodword.connectors.authorizing import Attempt, Authorizes, Departure
from goodword.connectors.contract import Refused
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, World, must_not_raise, require

ATTEMPT = Attempt("https://goodword.example/signed-in/", state="state-of-the-suite", verifier="v" * 64)
_ANOTHER = Attempt(ATTEMPT.redirect_uri, ATTEMPT.state, verifier="w" * 64)


@runtime_checkable
class AskingWorld(World, Protocol):
    """A world whose network asks a person at an address, and sends the browser back."""

    def authorize(self, address: str, *, says_yes: bool) -> Mapping[str, str]:
        """What the person says there; the query that the browser comes back with."""
        ...


def check_departs(subject: Subject, world: AskingWorld) -> None:
    """The browser leaves with this attempt's state and challenge, and with nothing that is ours to keep."""
    connector = _authorizing(subject)
    secret = {field.name for field in subject.connector.fields if field.secret}
    require(set(connector.obtains) <= secret, "what signing in brings is kept as secret settings")
    departure = _depart(connector, world)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(departure.address).query).items()}
    require(asked.get("response_type") == "code", "a code is asked for, never a token")
    require(asked.get("state") == ATTEMPT.state, "the state goes along")
    require(asked.get("redirect_uri") == ATTEMPT.redirect_uri, "the way back is the house's own")
    is_bound = (asked.get("code_challenge"), asked.get("code_challenge_method")) == (ATTEMPT.challenge, "S256")
    require(is_bound, "the code is bound to a challenge (S256)")
    ours = (ATTEMPT.verifier, *(value for name, value in departure.kept.items() if "secret" in name))
    require(not any(each in departure.address for each in ours), "no verifier or secret stands in the address")


def check_arrives(subject: Subject, world: AskingWorld) -> None:
    """After a yes, what is obtained; and it needs no renewing at once."""
    connector = _authorizing(subject)
    departure = _depart(connector, world)
    query = world.authorize(departure.address, says_yes=True)
    obtained = connector.arrive(settings=world.settings, attempt=ATTEMPT, kept=departure.kept, query=query)
    require(set(obtained) <= set(connector.obtains), "nothing but `obtains` is changed by signing in")
    require(any(obtained.values()), "signing in brings something")
    with must_not_raise("what is new needs no renewing, whatever else is set"):
        fresh = connector.renew(settings={**world.settings, **obtained}, now=world.now())
        none = connector.renew(settings={}, now=world.now())
    require(
        fresh is None and none is None, "what is new needs no renewing, and where nothing is set nothing is renewed"
    )


def check_refusals(subject: Subject, world: AskingWorld) -> None:
    """A no, a return without a code, and a code without its verifier bring nothing."""
    connector = _authorizing(subject)
    departure = _depart(connector, world)
    denied = world.authorize(departure.address, says_yes=False)
    _refused(subject, world, departure, ATTEMPT, denied, "a no")
    _refused(subject, world, departure, ATTEMPT, {"state": ATTEMPT.state}, "a return without a code")
    query = world.authorize(departure.address, says_yes=True)
    _refused(subject, world, departure, _ANOTHER, query, "a code with another verifier")


def _refused(
    subject: Subject, world: World, departure: Departure, attempt: Attempt, query: Mapping[str, str], what: str
) -> None:
    connector = _authorizing(subject)
    try:
        with subject.quiet_errors():
            connector.arrive(settings=world.settings, attempt=attempt, kept=departure.kept, query=query)
    except Refused as refusal:
        require(bool(str(refusal)), "a refusal says why")
    except Exception as error:
        raise ContractBroken(f"{what} ends in Refused, not in {error!r}") from error
    else:
        raise ContractBroken(f"{what} is refused")


def _depart(connector: Authorizes, world: World) -> Departure:
    return connector.depart(settings=world.settings, attempt=ATTEMPT)


def _authorizing(subject: Subject) -> Authorizes:
    require(isinstance(subject.connector, Authorizes), f"{subject.connector.key} lets people sign in")
    assert isinstance(subject.connector, Authorizes)
    return subject.connector
