"""The door for networks: each source's own address, at which its network tells us what was said.

There is no session and no form here: what a request brings is proven by the connector, and nothing else counts.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from goodword.connectors.receiving import NotTaken, Receives, Refusal, WebhookRequest
from goodword.connectors.registry import BrokenConnector, UnknownConnector
from goodword.kernel.clock import current_time
from goodword.kernel.seal import SealBroken
from goodword.kernel.whole_body import BROKEN_OFF
from goodword.listen.hook_keys import hook_address, source_id_of
from goodword.listen.models import Source
from goodword.listen.take_received import count_refusal, receive
from goodword.listen.views.chat_limits import Limit, Limiter, TooOften, network_of

_ANSWERS = {
    Refusal.UNPROVEN: HTTPStatus.UNAUTHORIZED,
    Refusal.REPLAYED: HTTPStatus.UNAUTHORIZED,
    Refusal.STRANGE: HTTPStatus.FORBIDDEN,
    Refusal.MALFORMED: HTTPStatus.BAD_REQUEST,
    Refusal.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Refusal.WRONG_METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Refusal.STOPPED: HTTPStatus.SERVICE_UNAVAILABLE,  # networks tell it again later
    Refusal.FAULTY: HTTPStatus.SERVICE_UNAVAILABLE,
}
# Of those who are refused, by source and address: networks themselves come by the thousand, and are never counted here.
# A network tells many sources from the same addresses, so that what one of them refuses must not count for another.
_NOT_THEIR_FAULT = {Refusal.STOPPED, Refusal.FAULTY}
_refused = Limiter(Limit(every=timedelta(seconds=2), burst=60))


@never_cache
@csrf_exempt
def hook(request: HttpRequest, key: str, rest: str = "") -> HttpResponse:
    """Take what the network tells, or say why not; the reason in full is for the source's page alone."""
    now, address = current_time(), network_of(request.META.get("REMOTE_ADDR", ""))
    source_id = source_id_of(key)
    caller = f"{source_id or 'unknown'} {address}"
    if _refused.is_over(caller, now):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    source = _source_of(source_id)
    if source is None:
        return _refuse(caller, HTTPStatus.NOT_FOUND)
    told = WebhookRequest(
        method=request.method or "",
        address=hook_address(source.pk) + _tail(request, rest),
        rest=rest,
        query=tuple((name, value) for name in request.GET for value in request.GET.getlist(name)),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
        at=now,
    )
    try:
        if broken_off := request.META.get("asgi.scope", {}).get(BROKEN_OFF):
            count_refusal(source=source, why=Refusal(broken_off), now=now)
            return _refuse(caller, _ANSWERS[Refusal(broken_off)])
        reply = receive(source=source, request=told).reply
    except NotTaken as refusal:
        status = _ANSWERS[refusal.why]
        return HttpResponse(status=status) if refusal.why in _NOT_THEIR_FAULT else _refuse(caller, status)
    except SealBroken:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)


def _source_of(source_id: int | None) -> Source | None:
    source = Source.objects.select_related("workspace").filter(pk=source_id).first() if source_id else None
    try:
        return source if source and isinstance(source.connector, Receives) else None
    except (UnknownConnector, BrokenConnector):
        return None


def _tail(request: HttpRequest, rest: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return rest + (f"?{query}" if query else "")


def _refuse(caller: str, status: int) -> HttpResponse:
    try:
        _refused.pass_or_refuse(caller, current_time())
    except TooOften:
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    return HttpResponse(status=status)
