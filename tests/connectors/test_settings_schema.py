from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.connectors import registry
from goodword.connectors.contract import Field, FieldKind
from goodword.connectors.settings_schema import MAX_SETTING, Fault, fault_of

SHARE = Field("share", "Share", required=False, kind=FieldKind.NUMBER, minimum=0, maximum=1)
PORT = Field("port", "Port", required=False, kind=FieldKind.INTEGER, minimum=1, maximum=65_535)
ADDRESS = Field("address", "Address", kind=FieldKind.ADDRESS)
EMAIL = Field("email", "E-mail", kind=FieldKind.EMAIL)
CHOICE = Field("choice", "Choice", choices=(("a", "A"), ("b", "B")))


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        (SHARE, "0.2", None),
        (SHARE, "", None),
        (SHARE, "-1", Fault.TOO_SMALL),
        (SHARE, "1.01", Fault.TOO_LARGE),
        (SHARE, "many", Fault.NO_NUMBER),
        (SHARE, "nan", Fault.NO_NUMBER),
        (SHARE, "inf", Fault.NO_NUMBER),
        (PORT, "993", None),
        (PORT, "9.5", Fault.NOT_WHOLE),
        (PORT, "1e3", Fault.NOT_WHOLE),
        (PORT, "0", Fault.TOO_SMALL),
        (ADDRESS, "https://mastodon.example", None),
        (ADDRESS, "mastodon.example", None),
        (ADDRESS, "http://127.0.0.1:4567", None),
        (ADDRESS, "ftp://mastodon.example", Fault.NO_ADDRESS),
        (ADDRESS, "https://mara:secret@mastodon.example", Fault.NO_ADDRESS),
        (ADDRESS, "https://[::1", Fault.NO_ADDRESS),
        (ADDRESS, "https://a b", Fault.NO_ADDRESS),
        (ADDRESS, "https://", Fault.NO_ADDRESS),
        (ADDRESS, "", Fault.MISSING),
        (EMAIL, "care@harbour.example", None),
        (EMAIL, "harbour.example", Fault.NO_MAIL_ADDRESS),
        (EMAIL, "a@b.example, c@d.example", Fault.NO_MAIL_ADDRESS),
        (CHOICE, "b", None),
        (CHOICE, "c", Fault.NO_CHOICE),
        (Field("name", "Name"), "a\r\nb", Fault.LINE_BREAK),
        (Field("text", "Text", multiline=True), "a\nb", None),
        (Field("text", "Text"), "x" * (MAX_SETTING + 1), Fault.TOO_LONG),
    ],
)
def test_each_fault(field: Field, value: str, fault: Fault | None) -> None:
    assert fault_of(field, value) is fault


@given(st.text(max_size=40), st.sampled_from([SHARE, PORT, ADDRESS, EMAIL, CHOICE]))
def test_any_text_is_judged(value: str, field: Field) -> None:
    fault_of(field, value)


@pytest.mark.parametrize("key", registry.keys())
def test_defaults_will_do(key: str) -> None:
    for field in registry.connector(key).fields:
        assert not field.default or fault_of(field, field.default) is None, field.name
