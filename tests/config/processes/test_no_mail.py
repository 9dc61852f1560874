from __future__ import annotations

import pytest
from django.core.mail import EmailMessage

from goodword.config.processes.no_mail import NoMailServer


def test_a_mail_is_dropped_and_nothing_of_it_is_written(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert NoMailServer().send_messages([EmailMessage("New password", "https://desk.example/secret")]) == 0
    (record,) = caplog.records
    assert "no mail server is set up" in record.getMessage()
    assert "secret" not in caplog.text + "".join(capsys.readouterr())
