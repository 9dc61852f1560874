from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from goodword.kernel.images import LONGEST_SIDE, MAX_PIXELS, BadImage, redraw

ORIENTATION, GPS = 0x0112, 0x8825


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    photo = encoded(Image.new("RGB", (40, 20), "teal"), "JPEG", exif=exif, comment=b"secret place")
    assert b"secret place" in photo
    picture = redraw(photo + b"<script>alert(1)</script>")
    image = opened(picture.content)
    assert (picture.media_type, image.size, dict(image.getexif())) == ("image/jpeg", (20, 40), {})
    assert b"secret" not in picture.content
    assert b"script" not in picture.content


def test_text_in_a_png_goes_and_transparency_stays() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "secret place")
    picture = redraw(encoded(Image.new("RGBA", (4, 4), (0, 128, 128, 60)), "PNG", pnginfo=text))
    assert (picture.media_type, opened(picture.content).getpixel((0, 0))) == ("image/png", (0, 128, 128, 60))
    assert b"secret" not in picture.content


@pytest.mark.parametrize(("kind", "mode"), [("BMP", "RGB"), ("TIFF", "CMYK"), ("AVIF", "RGB"), ("JPEG", "CMYK")])
def test_other_kinds_become_one_that_every_browser_shows(kind: str, mode: str) -> None:
    picture = redraw(encoded(Image.new(mode, (8, 8)), kind))
    assert (picture.media_type, picture.ending, opened(picture.content).mode) == ("image/jpeg", ".jpg", "RGB")


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_keeps_moving(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("teal", "white", "orange")]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=80, comment=b"secret")
    picture = redraw(moving)
    assert getattr(opened(picture.content), "n_frames", 1) == 3
    assert b"secret" not in picture.content


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_not_set_off() -> None:
    for width, height in ((MAX_PIXELS, 2), (60_000, 60_000), (2**31 - 1, 1)):
        with pytest.raises(BadImage):
            redraw(bomb(width, height))


def test_no_picture_is_larger_than_screens_show() -> None:
    picture = redraw(encoded(Image.new("RGB", (5000, 100)), "PNG"))
    assert max(opened(picture.content).size) == LONGEST_SIDE


WHOLE = [
    encoded(Image.effect_noise((24, 24), 60).convert("RGB"), kind)
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of what it skips
@settings(deadline=None, max_examples=300)
@given(st.sampled_from(WHOLE), st.integers(0, 2**32), st.integers(0, 12), st.integers(0, 2000))
def test_damage_is_mended_or_refused_and_nothing_else(whole: bytes, seed: int, hits: int, cut: int) -> None:
    chance, damaged = random.Random(seed), bytearray(whole)
    for _ in range(hits):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    try:
        picture = redraw(bytes(damaged[: len(damaged) - cut] if cut < len(damaged) else damaged))
    except BadImage:
        return
    opened(picture.content).load()
