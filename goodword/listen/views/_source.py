"""What every view of a source begins and ends with."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse

from goodword.listen.models import Source
from goodword.staff.membership import MemberRequest


def find_source(request: MemberRequest, pk: int) -> Source:
    """The source of this id in this workspace, or 404."""
    return get_object_or_404(Source.objects.of(request.workspace).select_related("workspace"), pk=pk)


def source_url(source: Source, name: str = "source") -> str:
    """The address of a source, or of something of it, e.g. `source_url(source, "settings")`."""
    return reverse(f"listen:{name}", args=[source.workspace.slug, source.pk])
