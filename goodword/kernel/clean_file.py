"""A file from outside, before anyone may open it: known by its content, pictures drawn anew, scanned if possible."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kernel.file_types import can_run, safe_filename, sniffed_type, with_ending
from goodword.kernel.images import REDRAWN, BadImage, redraw
from goodword.kernel.virus_scan import Infected, scan


class BadFile(Exception):
    """It is not kept for anyone to open; the message says why."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is kept of it. `scanned` is False where no virus scanner is set up."""

    content: bytes
    media_type: str
    filename: str
    scanned: bool


def clean_file(content: bytes, filename: str) -> CleanFile:
    """Check a file and make it fit to be shown or downloaded. Raises `BadFile`, `ScannerAway`."""
    if not content:
        raise BadFile(_("The file is empty."))
    if len(content) > settings.MAX_FILE_BYTES:
        raise BadFile(_("The file is larger than %d MB.") % (settings.MAX_FILE_BYTES // 1_000_000))
    filename, media_type = safe_filename(filename), sniffed_type(content)
    if can_run(media_type, filename):
        raise BadFile(_("The file is a program."))
    scanned = bool(settings.VIRUS_SCANNER)
    if scanned:
        try:
            scan(content, settings.VIRUS_SCANNER)
        except Infected as error:
            raise BadFile(_("The virus scanner found something in the file: %s") % error) from error
    if media_type not in REDRAWN:
        return CleanFile(content, media_type, filename, scanned)
    try:
        picture = redraw(content)
    except BadImage as error:
        raise BadFile(str(error)) from error
    return CleanFile(picture.content, picture.media_type, with_ending(filename, picture.ending), scanned)
