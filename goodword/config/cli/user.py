"""`goodword user`: who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from goodword.config.processes.django_process import django_process

if TYPE_CHECKING:
    from goodword.staff.models import Agent

_ROLES = ["admin", "lead", "agent", "viewer"]


@click.group()
def command() -> None:
    """Add people, list them, and let them sign in."""


@command.command()
@click.argument("email")
@click.option("--name", default="", help="As colleagues see it.  [default: from the address]")
@click.option("--role", type=click.Choice(_ROLES), default="agent", show_default=True)
@click.option("--workspace", help="Short name of the workspace. The first one is opened under this name.")
def add(email: str, name: str, role: str, workspace: str | None) -> None:
    """Give EMAIL a place in a workspace, and print a link that signs them in once. A member gets the new role.

    Whoever had a place in another workspace only is signed out everywhere and begins again with that link: an admin of
    that one may have handed out the first to somebody else.
    """
    with django_process("user"):
        from goodword.config.processes.migrations import make_tables
        from goodword.config.processes.sign_in import sign_in_address
        from goodword.config.workspaces import WorkspaceUnclear, the_workspace
        from goodword.kernel.clock import current_time
        from goodword.staff.add_member import NotAnAddress, add_member
        from goodword.staff.let_in_anew import let_in_anew
        from goodword.staff.models import Membership, Role, Workspace
        from goodword.staff.open_workspace import open_workspace

        make_tables()
        try:
            if not Workspace.objects.exists():
                open_workspace(name=workspace or "Goodword", now=current_time())
                workspace = None
            place = the_workspace(workspace)
            places = set(Membership.objects.filter(agent__email=email.lower()).values_list("workspace_id", flat=True))
            member = add_member(workspace=place, email=email, name=name, role=Role(role))
        except (NotAnAddress, WorkspaceUnclear) as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{member.agent.email} is {member.role} in {member.workspace.slug}.")
        if places and place.pk not in places:
            let_in_anew(agent=member.agent)
            click.echo("Known in another workspace: they are signed out everywhere, and begin again with this link.")
        _print_link(sign_in_address(member.agent))


@command.command(name="list")
def list_() -> None:
    """List who may sign in, a line each: address, role, workspace."""
    with django_process("user"):
        from goodword.staff.models import Membership

        members = Membership.objects.select_related("agent", "workspace").filter(agent__is_active=True)
        for member in members.order_by("workspace__slug", "agent__email"):
            click.echo(f"{member.agent.email}\t{member.role}\t{member.workspace.slug}")


@command.command()
@click.argument("email")
@click.password_option(help="Asked for when it is not given.")
def password(email: str, password: str) -> None:
    """Set the password of EMAIL."""
    with django_process("user"):
        from goodword.staff.set_password import WeakPassword, set_password

        try:
            set_password(agent=_agent(email), password=password)
        except WeakPassword as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{email} signs in with the new password from now on.")


@command.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link that signs EMAIL in once."""
    with django_process("user"):
        from goodword.config.processes.sign_in import sign_in_address

        _print_link(sign_in_address(_agent(email)))


def _agent(email: str) -> Agent:
    from goodword.staff.models import Agent

    agent = Agent.objects.filter(email=email.lower(), is_active=True).first()
    if agent is None:
        raise click.ClickException(f"Nobody called {email} may sign in; `goodword user list` shows who may.")
    return agent


def _print_link(address: str) -> None:
    click.echo(f"Signs in once, within a day:\n\n    {address}\n")
