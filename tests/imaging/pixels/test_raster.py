"""PNG, JPEG, BMP and TIFF in all the depths and colours that people export."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from fhc_desktop.imaging.loader import UnreadableImage
from fhc_desktop.imaging.pixels.grayscale import to_8_bits, to_gray8
from tests.heads import small_phantom, write_png
from tests.imaging.pixels.test_jpeg_runs import ended_early
from tests.reading import load_image, refusal

GRAY = small_phantom().gray
RED_SPOT = np.stack([GRAY] * 3, axis=-1)
RED_SPOT[40:60, 40:60] = (200, 30, 10)


def deep(bits: int) -> np.ndarray:
    return GRAY.astype(np.uint16) * ((2**bits - 1) // 255)


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif"])
def test_that_grey_comes_back_unchanged(tmp_path, suffix):
    path = tmp_path / f"head.{suffix}"
    Image.fromarray(GRAY).save(path)

    image = load_image(path).image

    assert np.array_equal(image.gray, GRAY)
    assert image.color is None
    assert (image.source.frame, image.source.frame_count) == (1, 1)


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif"])
def test_that_colours_are_kept_beside_their_luma(tmp_path, suffix):
    path = tmp_path / f"head.{suffix}"
    Image.fromarray(RED_SPOT).save(path)

    image = load_image(path).image

    assert np.array_equal(image.color, RED_SPOT)
    assert image.gray[50, 50] == round(0.299 * 200 + 0.587 * 30 + 0.114 * 10)
    assert image.gray[10, 100] == GRAY[10, 100]


def test_that_grey_stored_as_rgb_has_no_colours(tmp_path):
    path = tmp_path / "head.png"
    Image.fromarray(np.stack([GRAY] * 3, axis=-1)).save(path)

    image = load_image(path).image

    assert image.color is None
    assert np.array_equal(image.gray, GRAY)


def test_that_jpeg_comes_close(tmp_path):
    path = tmp_path / "head.jpg"
    Image.fromarray(GRAY).save(path, quality=95)

    assert np.abs(load_image(path).image.gray.astype(int) - GRAY).mean() < 3


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_that_16_bits_are_scaled_to_8(tmp_path, suffix):
    path = tmp_path / f"head.{suffix}"
    pixels = deep(16)
    pixels[0, 0] = 65535
    Image.fromarray(pixels).save(path)

    gray = load_image(path).image.gray

    assert gray[0, 0] == 255
    assert np.array_equal(gray[1:], GRAY[1:])


def test_that_12_bits_in_words_of_16_are_not_shown_black(tmp_path):
    path = tmp_path / "head.png"
    pixels = deep(12)
    pixels[0, 0] = 4095
    Image.fromarray(pixels).save(path)

    gray = load_image(path).image.gray

    assert gray[0, 0] == 255
    assert np.abs(gray[1:].astype(int) - GRAY[1:]).max() <= 1


def test_that_a_big_endian_tiff_of_16_bits_is_read_in_its_order(tmp_path):
    rows, columns = GRAY.shape
    data = deep(16).astype(">u2").tobytes()
    tags = [
        (256, 4, columns), (257, 4, rows), (258, 3, 16), (259, 3, 1), (262, 3, 1),
        (273, 4, 122), (277, 3, 1), (278, 4, rows), (279, 4, len(data)),
    ]  # fmt: skip
    directory = len(tags).to_bytes(2, "big")
    for tag, kind, value in tags:
        written = value.to_bytes(2, "big") + b"\0\0" if kind == 3 else value.to_bytes(4, "big")
        directory += tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + b"\0\0\0\1" + written
    path = tmp_path / "head.tif"
    path.write_bytes((b"MM\0*\0\0\0\x08" + directory + b"\0\0\0\0").ljust(122, b"\0") + data)

    gray = load_image(path).image.gray

    assert np.array_equal(gray, to_8_bits(deep(16)))


def test_that_transparency_is_black(tmp_path):
    alpha = np.full_like(GRAY, 255)
    alpha[:, :50] = 0
    alpha[:, 50:100] = 128
    for name, image in {
        "rgba.png": Image.fromarray(np.dstack([RED_SPOT, alpha])),
        "la.png": Image.merge("LA", (Image.fromarray(GRAY), Image.fromarray(alpha))),
        "rgba.tif": Image.fromarray(np.dstack([RED_SPOT, alpha])),
    }.items():
        image.save(tmp_path / name)

        gray = load_image(tmp_path / name).image.gray

        assert (gray[:, :50] == 0).all()
        assert gray[100, 70] == pytest.approx(int(GRAY[100, 70]) * 128 / 255, abs=1)
        assert np.array_equal(gray[:, 100:], GRAY[:, 100:])


def test_that_a_palette_is_resolved(tmp_path):
    spread = np.array([[i, 255 - i, i // 2] for i in range(256)], dtype=np.uint8)
    image = Image.fromarray(GRAY, "P")
    image.putpalette(spread.tobytes())
    path = tmp_path / "head.png"
    image.save(path)

    loaded = load_image(path).image

    assert np.array_equal(loaded.color, spread[GRAY])


def test_that_a_transparent_palette_entry_is_black(tmp_path):
    image = Image.fromarray((GRAY > 60).astype(np.uint8), "P")
    image.putpalette([200, 200, 200, 90, 90, 90])
    path = tmp_path / "head.png"
    image.save(path, transparency=0)

    gray = load_image(path).image.gray

    assert np.array_equal(gray, np.where(GRAY > 60, 90, 0))


def test_that_one_bit_becomes_black_and_white(tmp_path):
    path = tmp_path / "head.tif"
    Image.fromarray(GRAY > 100).save(path)

    assert np.array_equal(load_image(path).image.gray, np.where(GRAY > 100, 255, 0))


def test_that_cmyk_becomes_colour(tmp_path):
    path = tmp_path / "head.jpg"
    Image.fromarray(RED_SPOT).convert("CMYK").save(path, quality=95)

    assert np.abs(load_image(path).image.gray.astype(int) - to_gray8(RED_SPOT)).mean() < 4


def test_that_a_turned_photograph_is_set_upright(tmp_path):
    path = tmp_path / "head.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(GRAY).save(path, exif=exif, quality=95)

    gray = load_image(path).image.gray

    assert gray.shape == GRAY.shape[::-1]
    assert np.abs(gray.astype(int) - np.rot90(GRAY, -1)).mean() < 3


@pytest.mark.parametrize("suffix", ["jpg", "dcm", "txt", ""])
def test_that_the_content_decides_and_not_the_name(tmp_path, suffix):
    path = write_png(small_phantom(), tmp_path / "head.png").rename(tmp_path / f"head.{suffix}")

    assert np.array_equal(load_image(path).image.gray, GRAY)


@pytest.mark.parametrize("pixels", [GRAY.astype(np.float32), GRAY.astype(np.int32) - 300])
def test_that_numbers_that_are_no_grey_levels_are_refused(tmp_path, pixels):
    path = tmp_path / "head.tif"
    Image.fromarray(pixels).save(path)

    with pytest.raises(UnreadableImage, match="instead of grey levels"):
        load_image(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9])
def test_that_a_truncated_file_is_refused(tmp_path, kind, kept):
    buffer = io.BytesIO()
    Image.fromarray(GRAY).save(buffer, kind)
    whole = buffer.getvalue()
    path = tmp_path / "head"
    path.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(UnreadableImage, match="damaged or incomplete"):
        load_image(path)


@pytest.mark.parametrize(
    ("size", "words"),
    [((1, 1), "too small"), ((15, 400), "too small"), ((8193, 20), "too large")],
)
def test_that_a_size_no_scan_has_is_refused(tmp_path, size, words):
    path = tmp_path / "head.png"
    Image.new("L", size).save(path)

    with pytest.raises(UnreadableImage, match=words) as caught:
        load_image(path)

    assert f"{size[0]} × {size[1]}" in caught.value.problem
    assert "Choose an image of at" in caught.value.remedy


@pytest.mark.parametrize("side", [12000, 20000])
def test_that_a_picture_of_hundreds_of_megapixels_is_refused_undecoded(tmp_path, side):
    path = tmp_path / "head.png"
    Image.new("1", (side, side)).save(path)

    with pytest.raises(UnreadableImage, match="too large"):
        load_image(path)


def save_pages(path, **options):
    other = Image.fromarray(small_phantom(2).gray)
    Image.fromarray(GRAY).save(path, save_all=True, append_images=[other], **options)
    return path


@pytest.mark.parametrize("suffix", ["tif", "png", "mpo"])
def test_that_of_several_pictures_the_first_is_shown_with_a_word_on_the_others(tmp_path, suffix):
    loaded = load_image(save_pages(tmp_path / f"head.{suffix}"))

    assert np.abs(loaded.image.gray.astype(int) - GRAY).mean() < 9
    (remark,) = loaded.image.remarks
    assert remark.startswith("The file holds more than one picture, of which only the first is")


@pytest.mark.parametrize("suffix", ["tif", "png", "jpg", "bmp"])
def test_that_a_single_picture_needs_no_word(tmp_path, suffix):
    path = tmp_path / f"head.{suffix}"
    Image.fromarray(GRAY).save(path)

    assert load_image(path).image.remarks == ()


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 2}])
def test_that_grey_in_the_place_of_missing_data_is_never_a_picture(tmp_path, kept, options):
    path = tmp_path / "head.jpg"
    Image.fromarray(GRAY).save(path, **options)
    path.write_bytes(ended_early(path.read_bytes(), kept))

    assert refusal(path).problem == (
        "head.jpg is incomplete: its JPEG data end before its picture does."
    )


def png_of(rows):
    """Return a PNG that announces all rows and has these."""
    data = b"".join(b"\0" + row.tobytes() for row in GRAY[:rows])
    size = struct.pack(">IIBBBBB", GRAY.shape[1], GRAY.shape[0], 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize("rows", [20, 134])
def test_that_a_png_with_too_few_rows_is_incomplete(tmp_path, rows):
    path = tmp_path / "head.png"
    path.write_bytes(png_of(len(GRAY)))
    assert np.array_equal(load_image(path).image.gray, GRAY)

    path.write_bytes(png_of(rows))

    assert "is incomplete: its PNG data end" in refusal(path).problem


def test_that_a_tiff_with_too_few_strips_is_incomplete(tmp_path):
    path = tmp_path / "head.tif"
    Image.fromarray(GRAY).save(path)
    whole = bytearray(path.read_bytes())
    at = whole.index(struct.pack("<HHI", 257, 4, 1))  # ImageLength
    whole[at + 8 : at + 12] = struct.pack("<I", 2 * len(GRAY))
    path.write_bytes(whole)

    assert "is incomplete: its TIFF data end" in refusal(path).problem


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["tif", "png", "jpg"])
def test_that_a_whole_picture_is_whole_however_it_is_turned(tmp_path, suffix, orientation):
    path = tmp_path / f"head.{suffix}"
    exif = Image.Exif()
    exif[274] = orientation
    Image.fromarray(GRAY).save(path, exif=exif)

    assert load_image(path).image.gray.size == GRAY.size


@pytest.mark.parametrize(
    "mode", ["1", "L", "P", "LA", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"]
)
@pytest.mark.parametrize("suffix", ["tif", "png", "bmp", "jpg"])
def test_that_a_whole_picture_is_whole_in_every_mode(tmp_path, suffix, mode):
    path = tmp_path / f"head.{suffix}"
    picture = Image.fromarray(deep(16)) if mode == "I;16" else Image.fromarray(GRAY).convert(mode)
    try:
        picture.save(path)
    except OSError:
        pytest.skip("no such file can be written")

    assert load_image(path).image.gray.shape == GRAY.shape


def through_alpha(tmp_path, suffix, alpha, **options):
    path = tmp_path / f"head.{suffix}"
    Image.fromarray(np.dstack([RED_SPOT, np.broadcast_to(alpha, GRAY.shape)])).save(path, **options)
    return load_image(path).image


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize("alpha", [0, 1, 5])
def test_that_an_alpha_that_hides_the_picture_is_none(tmp_path, suffix, alpha):
    image = through_alpha(tmp_path, suffix, np.uint8(alpha))

    assert np.array_equal(image.color, RED_SPOT)
    assert image.remarks[0].startswith(
        "The file’s display settings were not usable, and the stored values are shown: its "
        "transparency leaves"
    )


@pytest.mark.parametrize("alpha", [128, 255])
def test_that_an_alpha_that_leaves_the_picture_counts(tmp_path, alpha):
    image = through_alpha(tmp_path, "png", np.uint8(alpha))

    assert np.array_equal(image.color, np.rint(RED_SPOT * (alpha / 255)))
    assert image.remarks == ()


def test_that_an_alpha_that_shows_but_a_corner_is_none(tmp_path):
    alpha = np.zeros_like(GRAY)
    alpha[:8, :8] = 255

    assert np.array_equal(through_alpha(tmp_path, "png", alpha).color, RED_SPOT)


def test_that_a_transparent_colour_hides_no_picture(tmp_path):
    path = tmp_path / "head.png"
    Image.fromarray(GRAY).save(path, transparency=0)
    image = load_image(path).image

    assert np.array_equal(image.gray, GRAY)
    assert image.remarks == ()


def test_that_a_palette_that_is_all_transparent_is_shown(tmp_path):
    path = tmp_path / "head.png"
    image = Image.fromarray(GRAY, "P")
    image.putpalette([level for level in range(256) for _ in range(3)])
    image.save(path, transparency=bytes(256))
    shown = load_image(path).image

    assert np.array_equal(shown.gray, GRAY)
    assert "its transparency leaves 1 of" in shown.remarks[0]


@pytest.mark.parametrize("meaning", [0, 1, 2])
@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("samples", [1, 3])
def test_that_a_further_sample_of_a_tiff_hides_no_picture(tmp_path, meaning, level, samples):
    """Unspecified, associated and unassociated alpha (TIFF 6.0, ExtraSamples)."""
    path = tmp_path / "head.tif"
    colors = np.dstack([GRAY] * samples)
    write_tiff(path, np.dstack([colors, np.full_like(GRAY, level)]), extra=meaning)

    image = load_image(path).image

    assert np.array_equal(image.gray, GRAY)
    assert len(image.remarks) == (meaning > 0 and level == 0)


def test_that_colours_multiplied_by_their_alpha_are_what_shows(tmp_path):
    path = tmp_path / "head.tif"
    alpha = np.maximum(GRAY, 7)
    write_tiff(path, np.dstack([GRAY, GRAY, GRAY, alpha]), extra=1)

    assert np.array_equal(load_image(path).image.gray, GRAY)


def write_tiff(path, pixels, *, extra):
    """Write the last sample as one that is no colour; Pillow knows only one kind of them."""
    rows, columns, samples = pixels.shape
    bits_at = 8 + 2 + 11 * 12 + 4
    data_at = bits_at + 2 * samples
    bits = (8 | 8 << 16) if samples == 2 else bits_at
    tags = [
        (256, 4, 1, columns), (257, 4, 1, rows), (258, 3, samples, bits), (259, 3, 1, 1),
        (262, 3, 1, 1 if samples == 2 else 2), (273, 4, 1, data_at), (277, 3, 1, samples),
        (278, 4, 1, rows), (279, 4, 1, pixels.size), (284, 3, 1, 1), (338, 3, 1, extra),
    ]  # fmt: skip
    directory = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4)
    path.write_bytes(head + struct.pack(f"<{samples}H", *[8] * samples) + pixels.tobytes())
