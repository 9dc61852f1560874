from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from goodword.kernel.file_types import SHOWN_INLINE, can_run, safe_filename, sniffed_type, with_ending


def encoded(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, kind)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (encoded("PNG"), "image/png"),
        (encoded("JPEG"), "image/jpeg"),
        (encoded("GIF"), "image/gif"),
        (encoded("WEBP"), "image/webp"),
        (b"%PDF-1.7\n%", "application/pdf"),
        ("Grüße,\r\n\tMara".encode(), "text/plain"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "application/x-elf"),
        (b"MZ\x90\x00" + bytes(60), "application/vnd.microsoft.portable-executable"),
        (b"#!/bin/sh\nrm -rf /\n", "text/x-script"),
        (b"\x93\x00\x12\xfe", "application/octet-stream"),
        (b"a\x00b", "application/octet-stream"),
    ],
)
def test_a_type_is_read_off_the_content(content: bytes, media_type: str) -> None:
    assert sniffed_type(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF",
        zipped("word/document.xml", "[Content_Types].xml"),
    ],
)
def test_what_could_act_in_a_page_is_never_shown_in_one(content: bytes) -> None:
    assert sniffed_type(content) not in SHOWN_INLINE


@given(st.binary(max_size=300))
def test_any_content_has_some_type(content: bytes) -> None:
    assert "/" in sniffed_type(content)


@pytest.mark.parametrize("name", ["invoice.pdf.exe", "a.JS", "x.scr", "shortcut.lnk"])
def test_programs_are_known_by_their_names_too(name: str) -> None:
    assert can_run("text/plain", name)
    assert not can_run("text/plain", name + ".txt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\photo.jpg", "photo.jpg"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('a"b\r\nX: y.pdf', "a_bX_ y.pdf"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Grüße 写真.png", "Grüße 写真.png"),
    ],
)
def test_names_are_made_safe_and_stay_readable(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_filename(name)
    assert 0 < len(safe) <= 120
    assert not any(unicodedata.category(character)[0] == "C" or character in '/\\:"' for character in safe)
    assert safe_filename(safe) == safe


def test_an_ending_is_replaced() -> None:
    assert with_ending("photo.heic.avif", ".jpg") == "photo.heic.jpg"
    assert with_ending("photo", ".jpg") == "photo.jpg"
