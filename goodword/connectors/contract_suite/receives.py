"""Rules for `receive`: only the network is believed, nothing comes twice, and any request is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodword.connectors.contract import MAX_ID, Raw, Settings
from goodword.connectors.contract_suite.parses import damaged
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, Webhooks, require
from goodword.connectors.receiving import (
    MAX_BODY,
    NotTaken,
    Proof,
    Received,
    Receives,
    Refusal,
    WebhookReply,
    WebhookRequest,
)
from goodword.connectors.storable import is_storable

_EXAMPLES = 150
_LONGEST_REASON = 300  # characters


def check_receives(subject: Subject) -> None:
    """What the network tells is taken and can be understood; told again, it is the same."""
    connector, hooks = _receiving(subject), _hooks(subject)
    limit = connector.webhook.max_bytes
    require(0 < limit <= MAX_BODY, f"max_bytes is at most {MAX_BODY}")
    require(bool(connector.webhook.methods), "the webhook names its methods")
    require(len(hooks.told) > 0, "there are requests that tell something")
    for request in hooks.told:
        require(request.method in connector.webhook.methods, f"{request.method} is among the webhook's methods")
        require(len(request.body) <= limit, "what the network tells is within max_bytes")
        received = _receive(subject, request)
        require(received == _receive(subject, request), "told again, it is the same, with the same delivery ids")
        later = _receive(subject, replace(request, at=request.at + timedelta(seconds=30)))
        same = [raw.delivery_id for raw in later.raws] == [raw.delivery_id for raw in received.raws]
        require(same, "told again half a minute later, it has the same delivery ids")
        require(200 <= received.reply.status < 300, "what is taken is answered with success")
        ids = [raw.delivery_id for raw in received.raws]
        require(len(ids) > 0 and len(ids) == len(set(ids)), "each item has a delivery id of its own")
        require(all(0 < len(each) <= MAX_ID and is_storable(each) for each in ids), "delivery ids can be kept")
        heard = [each for raw in received.raws for each in subject.connector.parse(raw, subject.settings)]
        require(len(heard) > 0, "what is taken can be understood")
    told = [raw for request in hooks.told for raw in _receive(subject, request).raws]
    bodies: dict[str, bytes] = {}
    for raw in told:
        require(bodies.setdefault(raw.delivery_id, raw.body) == raw.body, "the same delivery id has the same body")


def check_answers_the_network(subject: Subject) -> None:
    """What the network asks of the address is answered as it wants, and brings nothing."""
    for request, reply in _hooks(subject).asked:
        received = _receive(subject, request)
        require(received.reply == reply, f"the network is answered with {reply}, not with {received.reply}")
        require(not received.raws, "a question about the address brings no item")
        for changed in _with_other_secrets(subject) if _hooks(subject).asks_with_secret else ():
            require(_reply_to(subject, request, changed) != reply, "who doesn't share the secret gets another answer")


def check_refuses_the_unproven(subject: Subject) -> None:
    """A wrong secret, none, or one that was never set proves nothing; nor does a signature of other words."""
    proof = _receiving(subject).webhook.proof
    if proof is Proof.ADDRESS:
        return
    for request in _hooks(subject).told:
        for changed in _with_other_secrets(subject):
            _refused(subject, request, Refusal.UNPROVEN, "with another secret, or without one", settings=changed)
        bare = replace(request, headers={}, query=())
        _refused(subject, bare, Refusal.UNPROVEN, "without its headers and query")
    for request in _hooks(subject).told if proof is Proof.SIGNATURE else ():
        said = replace(request, body=request.body + b" ")
        _refused(subject, said, Refusal.UNPROVEN, "with other words than were signed")


def check_refuses_the_old(subject: Subject) -> None:
    """What was signed too long ago, or in the future, is refused, where the network signs a time."""
    window = _receiving(subject).webhook.replay_window
    for request in _hooks(subject).told if window else ():
        assert window is not None
        for shift in (window + timedelta(minutes=1), -window - timedelta(minutes=1)):
            _refused(subject, replace(request, at=request.at + shift), Refusal.REPLAYED, f"{shift} off its time")


def check_refuses_strangers(subject: Subject) -> None:
    """An event of another page or account is refused, however well it is signed."""
    for request in _hooks(subject).strange:
        _refused(subject, request, Refusal.STRANGE, "of another page or account")


def check_any_request_is_answered(subject: Subject) -> None:
    """Any damage to a request is taken or refused; what is signed is never taken with another body."""
    connector, hooks = _receiving(subject), _hooks(subject)
    genuine = {raw.body for request in hooks.told for raw in _receive(subject, request).raws}

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(request=_damaged(hooks.told))
    def attempt(request: WebhookRequest) -> None:
        try:
            received = _receive(subject, request)
        except NotTaken as refusal:
            require(len(str(refusal)) <= _LONGEST_REASON, f"a reason has at most {_LONGEST_REASON} characters")
            return
        if connector.webhook.proof is Proof.SIGNATURE:
            require(genuine >= {raw.body for raw in received.raws}, "what is signed is never taken with other words")

    attempt()


def _damaged(told: Sequence[WebhookRequest]) -> st.SearchStrategy[WebhookRequest]:
    odd = st.text(max_size=20) | st.sampled_from(["9" * 30, "é", "sha256=", "-1", "\x00"])

    @st.composite
    def build(draw: st.DrawFn) -> WebhookRequest:
        request = draw(st.sampled_from(list(told)))
        match draw(st.sampled_from(["body", "header", "query"])):
            case "body":
                return replace(request, body=draw(damaged([Raw("x", request.body)])))
            case "header" if request.headers:
                name = draw(st.sampled_from(sorted(request.headers)))
                return replace(request, headers={**request.headers, name: draw(odd)})
        return replace(request, query=(*request.query[1:], (draw(odd), draw(odd))))

    return build()


def _with_other_secrets(subject: Subject) -> Iterator[Settings]:
    secrets = {each.name for each in subject.connector.fields if each.secret and subject.settings.get(each.name)}
    require(bool(secrets), "what proves the network is a secret among the settings")
    yield {**subject.settings, **dict.fromkeys(secrets, "another secret altogether")}
    yield {**subject.settings, **dict.fromkeys(secrets, "")}
    yield {name: value for name, value in subject.settings.items() if name not in secrets}


def _refused(
    subject: Subject, request: WebhookRequest, why: Refusal, what: str, *, settings: Settings | None = None
) -> None:
    try:
        _receive(subject, request, settings=settings)
    except NotTaken as refusal:
        require(refusal.why is why, f"a request {what} is refused as {why}, not as {refusal.why}")
    else:
        raise ContractBroken(f"a request {what} is refused")


def _reply_to(subject: Subject, request: WebhookRequest, other: Settings) -> WebhookReply | None:
    try:
        return _receive(subject, request, settings=other).reply
    except NotTaken:
        return None


def _receive(subject: Subject, request: WebhookRequest, *, settings: Settings | None = None) -> Received:
    try:
        received = _receiving(subject).receive(
            settings=subject.settings if settings is None else settings, request=request
        )
    except NotTaken as refusal:
        subject.keep_secret(str(refusal), "the reason of a refusal")
        raise
    except Exception as error:
        raise ContractBroken(f"receive raises NotTaken and nothing else, not {error!r}") from error
    subject.keep_secret(repr(received.reply), "what the network is answered")
    return received


def _receiving(subject: Subject) -> Receives:
    require(isinstance(subject.connector, Receives), f"{subject.connector.key} has `receive`")
    assert isinstance(subject.connector, Receives)
    return subject.connector


def _hooks(subject: Subject) -> Webhooks:
    require(isinstance(subject.webhooks, Webhooks), "there are webhooks to try")
    assert isinstance(subject.webhooks, Webhooks)
    return subject.webhooks
