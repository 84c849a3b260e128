"""Pictures: what is published is the picture, whatever else its file says; hostile files are a sentence."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from headway.documents.pictures import MAX_BYTES, PictureError, clean_picture, why_not_published

CANARY = "canary-51.4778,-0.0015"


def picture() -> Image.Image:
    image = Image.new("RGB", (40, 24), "white")
    image.paste((200, 30, 30), (0, 0, 20, 8))
    return image


def exif(turn: int) -> Image.Exif:
    found = Image.Exif()
    found[ExifTags.Base.Orientation] = turn
    found[ExifTags.Base.Artist] = CANARY
    found.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = CANARY.encode()
    return found


def save(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def jpeg(turn: int = 1) -> bytes:
    return save(picture(), "JPEG", exif=exif(turn), comment=CANARY, xmp=CANARY.encode(), quality=95)


def png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", CANARY)
    said.add_itxt("XML:com.adobe.xmp", CANARY, zip=True)
    return save(picture(), "PNG", pnginfo=said, exif=exif(1))


def gif() -> bytes:
    frames = [picture(), picture().rotate(180)]
    return save(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, duration=90, comment=CANARY)


def webp(turn: int = 1, **options: object) -> bytes:
    return save(picture(), "WEBP", exif=exif(turn), xmp=CANARY.encode(), **options)


MAKERS: dict[str, Callable[[], bytes]] = {
    "a.jpg": jpeg,
    "a.png": png,
    "a.gif": gif,
    "a.webp": webp,
    "lossless.webp": lambda: webp(lossless=True),
    "moving.webp": lambda: webp(save_all=True, append_images=[picture().rotate(180)], duration=90),
}


def frames(data: bytes) -> list[bytes]:
    image = Image.open(io.BytesIO(data))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append(image.convert("RGB").tobytes())
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_only_the_picture_is_left(name: str) -> None:
    data = MAKERS[name]() + b"PK\x03\x04" + CANARY.encode()
    if name.endswith(".webp"):  # what follows is past the size that its head says
        assert struct.unpack_from("<I", data, 4)[0] + 8 < len(data)
    cleaned = clean_picture(name, data)
    assert CANARY.encode() in data
    assert CANARY.encode() not in cleaned.data
    assert b"PK\x03\x04" not in cleaned.data
    assert (cleaned.width, cleaned.height) == (40, 24)
    assert frames(cleaned.data) == frames(data)
    image = Image.open(io.BytesIO(cleaned.data))
    assert not image.getexif()
    assert not {"comment", "xmp", "Comment"} & image.info.keys()
    assert image.info.get("loop") == Image.open(io.BytesIO(data)).info.get("loop")
    assert clean_picture(name, cleaned.data).data == cleaned.data


@pytest.mark.parametrize("make", [jpeg, webp])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_stays_upright(make: Callable[[int], bytes], turn: int) -> None:
    data = make(turn)
    cleaned = clean_picture("a.jpg", data)
    assert CANARY.encode() not in cleaned.data
    shown = [ImageOps.exif_transpose(Image.open(io.BytesIO(bytes_))) for bytes_ in (data, cleaned.data)]
    assert shown[0].tobytes() == shown[1].tobytes()
    assert shown[1].size == (cleaned.width, cleaned.height)
    assert len(Image.open(io.BytesIO(cleaned.data)).getexif()) == (turn > 1)


def lying_png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", b"", "is no PNG"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "ends too early"),
        ("a.png", png()[:-20], "ends too early"),
        ("a.png", lying_png(50_000, 50_000), "50,000 by 50,000"),
        ("a.png", lying_png(2**31, 1), "by 1 pixels"),
        ("a.png", lying_png(0, 5), "has no size"),
        ("a.jpg", jpeg()[:-2], "ends too early"),
        ("a.jpg", b"\xff\xd8\xff\xe1\xff\xff", "ends too early"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00" * 5, "ends too early"),
        ("a.jpg", b"\xff\xd8garbage", "is damaged"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00", "ends too early"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00?", "is damaged"),
        ("a.webp", webp()[:-9], "ends too early"),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBP", "ends too early"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * MAX_BYTES, "10,485,760"),
    ],
)
def test_what_cannot_be_shown_says_why(name: str, data: bytes, said: str) -> None:
    with pytest.raises(PictureError) as error:
        clean_picture(name, data)
    assert said in str(error.value)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g onload='alert(1)'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<a xmlns:x='http://www.w3.org/1999/xlink' x:href='https://example.org'/>",
        "<image href='https://example.org/a.png'/>",
        "<use href='other.svg#a'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<rect fill='url(https://example.org/a)'/>",
        '<rect style="fill: url( &quot;//example.org&quot; )"/>',
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<set attributeName='onmouseover' to='alert(1)'/>",
        "<unclosed>",
    ],
)
def test_a_drawing_that_acts_or_reaches_out_is_left_out(inside: str) -> None:
    with pytest.raises(PictureError):
        clean_picture("a.svg", DRAWING.format(inside).encode())


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("&a;"),
        '<?xml-stylesheet href="a.xsl"?>' + DRAWING.format(""),
        "<html/>",
        "<svg/>",
    ],
)
def test_a_drawing_that_declares_things_is_left_out(text: str) -> None:
    with pytest.raises(PictureError):
        clean_picture("a.svg", text.encode())


def test_a_plain_drawing_keeps_its_bytes_and_has_a_size() -> None:
    data = DRAWING.format("<defs><g id='a'/></defs><use href='#a'/><rect fill='url(#a)'/>").encode()
    drawn = clean_picture("a.svg", data)
    assert (drawn.data, drawn.width, drawn.height) == (data, 30, 20)
    sized = clean_picture("a.svg", data.replace(b"viewBox", b"width='64px' height='32' viewBox"))
    assert (sized.width, sized.height) == (64, 32)


@settings(max_examples=300, deadline=500)
@given(st.sampled_from(sorted(MAKERS)), st.integers(0, 3000), st.binary(max_size=6), st.integers(0, 40))
@example("a.gif", 781, b"", 3)
def test_any_damage_is_a_sentence_or_a_picture(name: str, place: int, put: bytes, gone: int) -> None:
    data = MAKERS[name]()
    place %= len(data)
    with contextlib.suppress(PictureError):
        cleaned = clean_picture(name, data[:place] + put + data[place + gone :])
        assert len(cleaned.data) <= len(data) + len(put) + 64


@pytest.mark.parametrize("name", ["a.html", "A.HTM", "a.xml", "a.svgz", "a.heic", "a.TIFF"])
def test_some_files_are_never_published(name: str) -> None:
    assert why_not_published(name)


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.txt", "html"])
def test_others_may_be(name: str) -> None:
    assert not why_not_published(Path(name).name)
