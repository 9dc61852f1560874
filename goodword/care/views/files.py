"""Files of a workspace: what customers sent, after it was checked, and what goes out to them."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from goodword.care.models import Enclosure
from goodword.kernel.file_types import SHOWN_INLINE, UNKNOWN
from goodword.kernel.files import NoSuchName, path_of
from goodword.listen.models import Attachment
from goodword.staff.membership import MemberRequest, needs
from goodword.staff.models import Role

# The name is made of the content, so what it stands for never changes.
_CACHE = "private, max-age=31536000, immutable"


@require_safe
@needs(Role.VIEWER)
def file(request: MemberRequest, name: str) -> FileResponse:
    """Show a picture that we drew anew; offer anything else for download, as bytes of no type that could act."""
    media_type, filename = _known(request, name)
    try:
        opened = path_of(request.workspace.pk, name).open("rb")
    except (NoSuchName, FileNotFoundError) as error:
        raise Http404 from error
    inline = media_type in SHOWN_INLINE
    response = FileResponse(
        opened, as_attachment=not inline, filename=filename, content_type=media_type if inline else UNKNOWN
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = _CACHE
    return response


def _known(request: MemberRequest, name: str) -> tuple[str, str]:
    """Type and name of a file that is ready in this workspace. Raises `Http404`."""
    attachments = Attachment.objects.of(request.workspace).filter(stored_as=name, state=Attachment.State.READY)
    if (attachment := attachments.first()) is not None:
        return attachment.sniffed_type, attachment.filename
    enclosure = Enclosure.objects.of(request.workspace).filter(stored_as=name).first()
    if enclosure is None:
        raise Http404
    return enclosure.media_type, enclosure.filename
