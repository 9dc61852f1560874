"""Rules for `reports`: pure, total, and never about anything but a reply."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from goodword.connectors.contract import MAX_ID, Malformed, Raw
from goodword.connectors.contract_suite.parses import damaged
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, require
from goodword.connectors.delivery_reports import LONGEST_REASON, DeliveryReport, Reported, Reports
from goodword.connectors.storable import is_storable

_EXAMPLES = 150


def check_recorded_reports(subject: Subject) -> None:
    """Recorded reports say something, the same each time; together they show every state that is claimed."""
    connector = _reporting(subject)
    require(len(subject.reported) > 0, "there are recorded reports")
    for raw in subject.reported:
        told = list(connector.reports(raw, subject.settings))
        require(len(told) > 0, f"the recorded report {raw.delivery_id!r} tells of a reply")
        require(told == list(connector.reports(raw, subject.settings)), "the same bytes give the same result")
        for each in told:
            check_report(each)
            subject.keep_secret(repr(each), "a delivery report")
        list(subject.connector.parse(raw, subject.settings))  # understood all the same, be it as nothing said


def check_reports_are_total(subject: Subject) -> None:
    """Any damage to a report gives reports that can be stored, none, or `Malformed`."""
    connector = _reporting(subject)
    kinds = {raw.content_type for raw in subject.reported}

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(body=damaged(subject.reported))
    def attempt(body: bytes) -> None:
        for kind in kinds:
            try:
                told = connector.reports(Raw("x", body, kind), subject.settings)
            except Malformed:
                continue
            except Exception as error:
                raise ContractBroken(f"reports raises Malformed and nothing else, not {error!r}") from error
            for each in told:
                check_report(each)

    attempt()


def check_report(report: DeliveryReport) -> None:
    """It names a reply, says how far it came and when, and can be stored."""
    require(isinstance(report, DeliveryReport) and isinstance(report.state, Reported), "reports gives `DeliveryReport`")
    require(0 < len(report.native_id) <= MAX_ID, f"ids have 1 to {MAX_ID} characters")
    require(report.at.tzinfo is not None and report.at.utcoffset() is not None, "times have a zone")
    require(len(report.reason) <= LONGEST_REASON, f"a reason has at most {LONGEST_REASON} characters")
    require(bool(report.reason) == (report.state is Reported.FAILED), "a failure has a reason, and nothing else has")
    texts = (report.native_id, report.reason, report.idempotency_key or "")
    require(all(is_storable(text) for text in texts), "text can be stored")


def _reporting(subject: Subject) -> Reports:
    require(isinstance(subject.connector, Reports), f"{subject.connector.key} has `reports`")
    assert isinstance(subject.connector, Reports)
    return subject.connector
