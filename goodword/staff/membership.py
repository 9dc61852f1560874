"""Which workspace a page is in, and what its visitor may do there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from goodword.staff.models import Agent, Membership, Role, Workspace

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request of a signed-in member, inside one workspace. What a decorated view gets."""

    workspace: Workspace
    membership: Membership
    agent: Agent


class MembershipMiddleware:
    """For addresses under `/w/<workspace>/`: finds the visitor's membership. To others the workspace doesn't exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Take `workspace` out of the address; sign-in first, then membership."""
        slug = kwargs.pop("workspace", None)
        if slug is None:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        membership = (
            Membership.objects.select_related("workspace").filter(agent=request.user, workspace__slug=slug).first()
        )
        if membership is None:
            raise Http404
        member = cast(MemberRequest, request)
        member.membership, member.workspace, member.agent = membership, membership.workspace, request.user
        return None


def needs(role: Role) -> Callable[[View], View]:
    """Let only members pass who may do what `role` may. Every view under `/w/` carries it; a guard test checks that."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.membership.may(role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needed_role = role  # type: ignore[attr-defined]  # read by the guard test
        return guarded

    return decorate
