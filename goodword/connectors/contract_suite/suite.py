"""The suite as classes for pytest: inherit what applies, and give each a fixture `subject`."""

from __future__ import annotations

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
from goodword.connectors.contract_suite.subject import Subject, World, require


class ContractSuite:
    """Rules for every connector."""

    def test_identity(self, subject: Subject) -> None:
        declares.check_identity(subject)

    def test_capabilities(self, subject: Subject) -> None:
        declares.check_capabilities(subject)

    def test_checks(self, subject: Subject) -> None:
        declares.check_checks(subject)

    def test_secrets(self, subject: Subject) -> None:
        declares.check_secrets(subject)

    def test_recorded(self, subject: Subject) -> None:
        parses.check_recorded(subject)

    def test_malformed(self, subject: Subject) -> None:
        parses.check_malformed(subject)

    def test_parse_is_total(self, subject: Subject) -> None:
        parses.check_total(subject)


class ListeningSuite:
    """Rules for a connector with `listen`."""

    def test_hears_everything(self, subject: Subject) -> None:
        listens.check_hears_everything(subject, _world(subject))

    def test_resumes(self, subject: Subject) -> None:
        listens.check_resumes(subject, _world(subject))

    def test_same_ids(self, subject: Subject) -> None:
        listens.check_same_ids(subject, _world(subject))

    def test_gaps(self, subject: Subject) -> None:
        listens.check_gaps(subject, _world(subject))


class OverhearingSuite:
    """Rules for a connector with `overhear` that also tells what was said just before."""

    def test_overhears(self, subject: Subject) -> None:
        world = _world(subject)
        assert isinstance(world, overhears.WideWorld)
        overhears.check_overhears(subject, world)


class ReceivingSuite:
    """Rules for a connector with `receive`."""

    def test_receives(self, subject: Subject) -> None:
        receives.check_receives(subject)

    def test_answers_the_network(self, subject: Subject) -> None:
        receives.check_answers_the_network(subject)

    def test_refuses_the_unproven(self, subject: Subject) -> None:
        receives.check_refuses_the_unproven(subject)

    def test_refuses_the_old(self, subject: Subject) -> None:
        receives.check_refuses_the_old(subject)

    def test_refuses_strangers(self, subject: Subject) -> None:
        receives.check_refuses_strangers(subject)

    def test_any_request_is_answered(self, subject: Subject) -> None:
        receives.check_any_request_is_answered(subject)


class AuthorizingSuite:
    """Rules for a connector whose network lets people sign in."""

    def test_departs(self, subject: Subject) -> None:
        authorizes.check_departs(subject, self._world(subject))

    def test_arrives(self, subject: Subject) -> None:
        authorizes.check_arrives(subject, self._world(subject))

    def test_refusals(self, subject: Subject) -> None:
        authorizes.check_refusals(subject, self._world(subject))

    def _world(self, subject: Subject) -> authorizes.AskingWorld:
        world = _world(subject)
        assert isinstance(world, authorizes.AskingWorld)
        return world


class ChargingSuite:
    """Rules for a connector with prices."""

    def test_prices(self, subject: Subject) -> None:
        charges.check_prices(subject)

    def test_reply_has_a_price(self, subject: Subject) -> None:
        charges.check_reply_has_a_price(subject, _world(subject))

    def test_stays_within_budget(self, subject: Subject) -> None:
        charges.check_stays_within_budget(subject, _world(subject))

    def test_test_is_paid(self, subject: Subject) -> None:
        charges.check_test_is_paid(subject, _world(subject))


class SendingSuite:
    """Rules for a connector with `send`."""

    def test_sends(self, subject: Subject) -> None:
        sends.check_sends(subject, _world(subject))

    def test_sends_once(self, subject: Subject) -> None:
        sends.check_sends_once(subject, _world(subject))


class TransmissionSuite:
    """Rules for a connector whose replies travel, so that a receipt can be lost on the way."""

    def test_lost_receipt(self, subject: Subject) -> None:
        sends.check_lost_receipt(subject, _world(subject))

    def test_finds_nothing(self, subject: Subject) -> None:
        sends.check_finds_nothing(subject, _world(subject))


class ReportingSuite:
    """Rules for a connector with `reports`."""

    def test_recorded_reports(self, subject: Subject) -> None:
        reports.check_recorded_reports(subject)

    def test_reports_are_total(self, subject: Subject) -> None:
        reports.check_reports_are_total(subject)


def _world(subject: Subject) -> World:
    require(subject.world is not None, f"there is a world to try {subject.connector.key} in")
    assert subject.world is not None
    return subject.world
