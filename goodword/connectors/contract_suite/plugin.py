"""The suite as a plugin of pytest, for connectors outside of our tree: `-p goodword.connectors.contract_suite.plugin`.

It explains the suite's assertions, and skips nothing: a test class that inherits a suite without giving it a fixture
`subject` fails with what to write.
"""

from __future__ import annotations

import pytest

from goodword.connectors.contract_suite.subject import Subject

pytest.register_assert_rewrite("goodword.connectors.contract_suite")


@pytest.fixture
def subject() -> Subject:
    """Stands in where a test class has none of its own."""
    pytest.fail(
        "A class that inherits ContractSuite says what is tried: give it a fixture `subject` that returns"
        " Subject(connector=…, settings=…, recorded=[…], world=…). See docs/connectors.md."
    )
