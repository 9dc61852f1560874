"""Pictures, drawn anew: nothing of the file that came survives but what it shows."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

# As many as a good telephone's camera takes; decoded, four bytes each.
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 4096  # px; no screen shows more
MAX_FRAMES = 200

# Sniffed types that are drawn anew; other pictures (HEIC, SVG, …) are offered for download alone.
REDRAWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-ms-bmp", "image/tiff"}
)

_READ = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
_KEPT = {"PNG": ("image/png", ".png"), "GIF": ("image/gif", ".gif"), "WEBP": ("image/webp", ".webp")}
_JPEG = ("image/jpeg", ".jpg")
# What decoders raise on damaged or hostile input; fuzzing found most of these.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
)


class BadImage(Exception):
    """It can't be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that is ours."""

    content: bytes
    media_type: str
    ending: str


def redraw(content: bytes) -> Picture:
    """Decode and encode again: upright, without EXIF, comments, thumbnails or trailing data. Raises `BadImage`."""
    try:
        with Image.open(io.BytesIO(content), formats=_READ) as image:
            return _redraw(image)
    except Image.DecompressionBombError as error:
        raise BadImage(_("The picture is too large.")) from error
    except _DAMAGE as error:
        raise BadImage(_("The picture is damaged.")) from error


def _redraw(image: Image.Image) -> Picture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise BadImage(_("The picture is too large."))
    kind = image.format or ""
    frames = getattr(image, "n_frames", 1)
    if kind in {"GIF", "WEBP"} and 1 < frames <= MAX_FRAMES and frames * width * height <= MAX_PIXELS:
        return _redraw_moving(image, kind)
    if kind == "JPEG":
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes no more than is kept
    still = ImageOps.exif_transpose(image)
    still.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    transparent = "A" in still.getbands() or "transparency" in still.info
    if kind not in _KEPT and not transparent:
        return _encode(still.convert("RGB"), "JPEG", *_JPEG, quality=88)
    kept = kind if kind in _KEPT else "PNG"
    return _encode(still.convert("RGBA" if transparent else "RGB"), kept, *_KEPT[kept])


def _redraw_moving(image: Image.Image, kind: str) -> Picture:
    frames: list[Image.Image] = []
    durations: list[int] = []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 100)))
        frames.append(_bare(frame.convert("RGBA")))
    return _encode(
        frames[0], kind, *_KEPT[kind], save_all=True, append_images=frames[1:], duration=durations, loop=0, disposal=2
    )


def _bare(image: Image.Image) -> Image.Image:
    image.info = {}
    return image


def _encode(image: Image.Image, kind: str, media_type: str, ending: str, **options: object) -> Picture:
    out = io.BytesIO()
    if kind == "WEBP":
        options.pop("disposal", None)
    _bare(image).save(out, kind, **options)
    return Picture(out.getvalue(), media_type, ending)
