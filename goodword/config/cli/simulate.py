"""`goodword simulate`: a twin of an outside network on this machine, to try Goodword with."""

from __future__ import annotations

import os
import shlex
import threading
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import click

from goodword.connectors.receiving import Receives, Subscribes
from goodword.connectors.registry import BrokenConnector, UnknownConnector, connector
from goodword.connectors.twins.customers import Customers
from goodword.connectors.twins.faults import FaultRates, Faults, Outages
from goodword.connectors.twins.finding import NoTwin, twin_of
from goodword.connectors.twins.server import Served, Twin
from goodword.connectors.twins.telling import Tells
from goodword.connectors.twins.world import World

_SHARE = click.FloatRange(0, 1)
_SECONDS = click.FloatRange(0, 86_400)


@click.command("simulate")
@click.argument("network")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="Where it answers; 0: any free port.")
@click.option("--brand", default="harbour", help="The name of the brand's account there.", show_default=True)
@click.option("--seed", type=int, default=7, help="The same number tells the same story.", show_default=True)
@click.option("--pace", type=click.FloatRange(0.2, 86_400), default=20.0, help="Seconds between two customers.")
@click.option("--errors", type=_SHARE, default=0.0, help="Share of requests answered with 429, 500, 502 or 503.")
@click.option("--lost-answers", type=_SHARE, default=0.0, help="Share of requests that are done without an answer.")
@click.option("--duplicates", type=_SHARE, default=0.0, help="Share of what the stream says twice.")
@click.option("--reordering", type=_SHARE, default=0.0, help="Share of what the stream says too late.")
@click.option(
    "--disconnects", type=_SHARE, default=0.0, help="Share of what the stream says after which it breaks off."
)
@click.option("--latency", type=_SECONDS, default=0.0, help="Seconds that an answer takes, on average.")
@click.option(
    "--workspace",
    default="",
    help="The address of the workspace to connect it to, for the link that is printed.  [default: harbour, at "
    "GOODWORD_PUBLIC_URL or on GOODWORD_PORT]",
)
@click.option("--outage-every", type=_SECONDS, default=0.0, help="Seconds from one outage to the next; 0: none.")
@click.option("--outage-seconds", type=_SECONDS, default=10.0, help="How long each lasts.", show_default=True)
def command(
    *,
    network: str,
    port: int,
    brand: str,
    seed: int,
    pace: float,
    latency: float,
    outage_every: float,
    outage_seconds: float,
    workspace: str,
    **rates: float,
) -> None:
    """Run a twin of NETWORK (a connector's key, e.g. mastodon) on the loopback, until Ctrl+C.

    It speaks the network's own API, with people who write to the brand and react to answers; what goes wrong on a
    network goes wrong here as often as you ask. Everything is in memory and gone when it ends.
    """
    world = World(brand)
    try:
        twin = twin_of(network, world)
    except (UnknownConnector, BrokenConnector, NoTwin) as error:
        raise click.ClickException(str(error)) from error
    outages = Outages(outage_every, outage_seconds)
    served = Served(twin, faults=Faults(FaultRates(**rates), seed=seed, latency=latency, outages=outages), port=port)
    stop = threading.Event()
    try:
        with served as address:
            _tell(twin, address, network, workspace or f"{own_address()}/w/harbour", pace)
            Customers(world, pace=pace, seed=seed).live(stop)
    except KeyboardInterrupt:
        click.echo("The simulated network is gone.")
    except OSError as error:
        raise click.ClickException(f"Port {port} can't be had: {error.strerror}. Choose another by --port.") from error


def _tell(twin: Twin, address: str, key: str, workspace: str, pace: float) -> None:
    labels = {field.name: field.label for field in connector(key).fields}
    settings = twin.settings(address)
    click.echo(f"A twin of {twin.label} is up. This opens its form filled in; test it, then connect:\n")
    click.echo(f"  {link_of(key, twin.label, settings, workspace)}\n")
    click.echo(f"Or, under Sources, Connect a source, {twin.label}, fill in:\n")
    for name, value in settings.items():
        click.echo(f"  {labels.get(name, name):<26} {value}")
    if isinstance(twin, Tells) and enters_address(key):
        click.echo(
            f"\nIt can be asked, and it tells by itself: once connected, enter the source's address at {address}/"
        )
    click.echo(
        "\nGoodword calls addresses of this machine only where it is allowed to; start it with\n\n"
        f"  {restart_command()}\n\n"
        f"A customer writes every {pace:g} seconds; --pace 5 makes them write every five.\nCtrl+C ends the twin."
    )


def own_address() -> str:
    """Where Goodword's pages are on this machine: as its settings reckon it, which this command does not load."""
    return os.environ.get("GOODWORD_PUBLIC_URL") or f"http://127.0.0.1:{os.environ.get('GOODWORD_PORT', '8000')}"


def restart_command() -> str:
    """How the installation of this shell is started so that it may call the twin: its folder and port as they are."""
    kept = [
        f"{name}={shlex.quote(os.environ[name])}" for name in ("GOODWORD_HOME", "GOODWORD_PORT") if name in os.environ
    ]
    return " ".join([*kept, "GOODWORD_ALSO_FETCH_FROM=127.0.0.0/8", "goodword up"])


def enters_address(key: str) -> bool:
    """Whether a person enters the source's address at this network, and no call does."""
    there = connector(key)
    return isinstance(there, Receives) and there.webhook.is_entered and not isinstance(there, Subscribes)


def link_of(key: str, label: str, settings: Mapping[str, str], workspace: str) -> str:
    """What stands behind # stays in the browser, where a script puts it into the form."""
    filled = {"name": f"{label} (simulated)", **{f"setting-{name}": value for name, value in settings.items()}}
    return f"{workspace.rstrip('/')}/sources/new/{key}/#{urlencode(filled, quote_via=quote)}"
