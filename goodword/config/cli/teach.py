"""`goodword teach`: a brand's own labels, learned from its own labelled texts."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodword.config.cli._findings import CannotBegin, Finding

if TYPE_CHECKING:
    from goodword.language.teaching.lesson import Example, Lesson

_LEAST_TRUSTED = 10


@click.command()
@click.argument("labelled", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "text_column", required=True, help="The column with the texts.")
@click.option(
    "--label", "label_column", required=True, help="The column with the labels. Rows without one are left out."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the lesson."
)
@click.option("--quick", is_flag=True, help="Learn from the words alone, without the encoder: seconds, and less sure.")
def command(labelled: Path, text_column: str, label_column: str, out: Path, quick: bool) -> None:
    """Learn labels (causes, intents) from a CSV file, and say how far to trust each of them.

    About ten examples a label are enough to begin with. The file written holds no text of yours; give it to
    `goodword read --with`.
    """
    from goodword.language.teaching import lesson, store

    if not (out.parent.is_dir() and os.access(out.parent, os.W_OK)):
        raise click.BadParameter(f"nothing can be written into {out.parent}: choose another place.", param_hint="--out")
    try:
        learned = lesson.learn(_examples(labelled, text_column, label_column), with_encoder=not quick)
    except lesson.NothingToLearn as error:
        raise CannotBegin(Finding(file=str(labelled), line=0, reason=str(error))) from error
    try:
        store.save(learned, out)
    except OSError as error:
        reason = f"The lesson could not be written there: {error.strerror}. Choose another place."
        raise CannotBegin(Finding(file=str(out), line=0, reason=reason)) from error
    _report(learned)


def _examples(path: Path, text_column: str, label_column: str) -> list[Example]:
    from goodword.language.teaching.lesson import Example

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            for column in (text_column, label_column):
                if column not in (rows.fieldnames or []):
                    there = ", ".join(rows.fieldnames or []) or "none"
                    reason = f"There is no column “{column}”: choose one of those that there are, {there}."
                    raise CannotBegin(Finding(file=str(path), line=1, reason=reason))
            return [Example(row[text_column] or "", row[label_column] or "") for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        reason = f"It can't be read as a CSV file in UTF-8, save it as one: {error}"
        raise CannotBegin(Finding(file=str(path), line=0, reason=reason)) from error


def _report(learned: Lesson) -> None:
    trust = learned.trust
    if trust.accuracy is None:
        click.echo("Every label has a single example: nothing could be held back to try what was learned.")
        click.echo(
            f"Asked of a person below a probability of {trust.abstain_below:.2f}. Give at least two examples each."
        )
    else:
        click.echo(f"Of held-back examples, {trust.accuracy:.1%} were guessed right.")
        click.echo(
            f"Asked of a person below a probability of {trust.abstain_below:.2f}: then {trust.answered:.0%} are "
            f"answered, {trust.accuracy_answered or 0:.1%} of them right."
        )
    few = [label.label for label in trust.labels if label.few]
    if few:
        click.echo(f"Fewer than ten examples, trust them little: {', '.join(few)}")
    untried = [label.label for label in trust.labels if label.recall is None]
    if untried and trust.accuracy is not None:
        click.echo(f"A single example, so not tried at all and without a figure: {', '.join(untried)}")
    tried = [
        (label.precision, label.recall, label)
        for label in trust.labels
        if label.precision is not None and label.recall is not None
    ]
    if tried:
        click.echo("\nLeast to be trusted (precision, recall, examples):")
    for precision, recall, label in sorted(tried, key=lambda row: row[0] + row[1])[:_LEAST_TRUSTED]:
        click.echo(f"  {precision:.2f}  {recall:.2f}  {label.examples:6}  {label.label}")
    if trust.confused:
        click.echo("\nMost often confused:")
    for pair in trust.confused[:_LEAST_TRUSTED]:
        click.echo(f"  {pair.label} taken for {pair.taken_for}: {pair.times} times, {pair.share:.0%} of its examples")
