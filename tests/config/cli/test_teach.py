from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from goodword.config.cli.teach import command as teach


def taught(tmp_path: Path, *rows: str) -> str:
    labelled = tmp_path / "rows.csv"
    labelled.write_text("\n".join(["text,label", *rows]))
    options = ["--text", "text", "--label", "label", "--out", str(tmp_path / "lesson"), "--quick"]
    done = CliRunner().invoke(teach, [str(labelled), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_one_example_a_label_is_said_to_prove_nothing(tmp_path: Path) -> None:
    said = taught(tmp_path, "refund my payment,refund", "the parcel is late,delivery")
    assert "nothing could be held back" in said
    assert "guessed right" not in said


def test_a_label_with_one_example_is_named_and_has_no_figure(tmp_path: Path) -> None:
    rows = [f"my parcel number {number} is late,delivery\nrefund payment {number},refund" for number in range(12)]
    said = taught(tmp_path, *rows, "a discount please,discount")
    assert "guessed right" in said
    assert "without a figure: discount" in said
