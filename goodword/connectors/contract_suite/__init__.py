"""The checks that every connector passes, ours and third parties'. For tests: needs pytest and hypothesis.

A connector's tests say how it is tried out, and inherit the rules that apply:

    class TestMine(ContractSuite, ListeningSuite, SendingSuite, TransmissionSuite):
        @pytest.fixture
        def subject(self) -> Subject:
            return Subject(connector=Mine(), settings={…}, recorded=[Raw(…), …], world=MyTwin())

Listening and sending are tried against a `World`, the outside network or its twin (`twin_world.TwinWorld`).
"""

from goodword.connectors.contract_suite import (
    authorizes,
    charges,
    declares,
    listens,
    overhears,
    parses,
    receives,
    reports,
    sends,
)
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, Webhooks, World
from goodword.connectors.contract_suite.suite import (
    AuthorizingSuite,
    ChargingSuite,
    ContractSuite,
    ListeningSuite,
    OverhearingSuite,
    ReceivingSuite,
    ReportingSuite,
    SendingSuite,
    TransmissionSuite,
)

__all__ = [
    "AuthorizingSuite",
    "ChargingSuite",
    "ContractBroken",
    "ContractSuite",
    "ListeningSuite",
    "OverhearingSuite",
    "ReceivingSuite",
    "ReportingSuite",
    "SendingSuite",
    "Subject",
    "TransmissionSuite",
    "Webhooks",
    "World",
    "authorizes",
    "charges",
    "declares",
    "listens",
    "overhears",
    "parses",
    "receives",
    "reports",
    "sends",
]
