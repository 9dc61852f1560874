from __future__ import annotations

import orjson
import pytest

from goodword.care.attend import attend
from goodword.config.exporting import KINDS, export_lines
from tests.listen.heard import at, hear_and_understand, line, open_file_source

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_data_inside_goes_out_as_data() -> None:
    source = open_file_source()
    text = "My son burned his hand on your lamp 🔥"
    hear_and_understand(source, line("1", text))
    attend(source_id=source.pk, limit=10, now=at(60))
    lines = {kind: list(map(orjson.loads, export_lines(kind=kind, workspace=source.workspace))) for kind in KINDS}
    (case,), (mention,) = lines["cases"], lines["mentions"]
    assert case["risk_parts"][0]["name"] == "harm"
    assert mention["reading"]["negative"] > 0
    assert (mention["text"], mention["case"], lines["messages"][0]["text"]) == (text, case["case"], text)
