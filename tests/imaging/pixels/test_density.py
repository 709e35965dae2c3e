"""The density of a picture file gives its pixels their shape, where it makes sense."""

import struct
import zlib

import pytest
from PIL import Image

from tests.heads import small_phantom
from tests.reading import load_image

GRAY = small_phantom().gray
ORIENTATION = 274
HEADER_END = 33


def exif(x_resolution, y_resolution, *, orientation=1):
    tags = Image.Exif()
    tags[282], tags[283], tags[296], tags[ORIENTATION] = x_resolution, y_resolution, 2, orientation
    return tags


def saved(path, **options):
    Image.fromarray(GRAY).save(path, **options)
    return path


def jfif(path, unit, across, down):
    """Write a JPEG whose JFIF segment has a density in any unit; Pillow writes inches only."""
    saved(path)
    content = bytearray(path.read_bytes())
    at = content.index(b"JFIF\0") + 7
    content[at : at + 5] = struct.pack(">BHH", unit, across, down)
    path.write_bytes(content)
    return path


def phys(path, unit, across, down):
    """Write a PNG with the chunk pHYs behind its header; Pillow writes it with a unit only."""
    saved(path)
    body = b"pHYs" + struct.pack(">IIB", across, down, unit)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    content = path.read_bytes()
    path.write_bytes(content[:HEADER_END] + chunk + content[HEADER_END:])
    return path


def aspect(path):
    return load_image(path).image.pixel_aspect


@pytest.mark.parametrize(
    ("write", "name", "unit"),
    [
        (jfif, "a.jpg", 0),
        (jfif, "a.jpg", 1),
        (jfif, "a.jpg", 2),
        (phys, "a.png", 0),
        (phys, "a.png", 1),
    ],
)
def test_that_pixels_are_long_where_there_are_few_to_a_length(tmp_path, write, name, unit):
    assert aspect(write(tmp_path / name, unit, 75, 80)) == pytest.approx(75 / 80)


@pytest.mark.parametrize("name", ["a.tif", "a.bmp", "a.png", "a.jpg"])
def test_that_each_kind_of_file_tells_it(tmp_path, name):
    assert aspect(saved(tmp_path / name, dpi=(150, 160))) == pytest.approx(15 / 16, rel=1e-3)


def test_that_a_tiff_tells_it_without_a_unit_too(tmp_path):
    path = saved(tmp_path / "a.tif", x_resolution=4.0, y_resolution=3.0, resolution_unit=1)

    assert aspect(path) == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("across", "down"),
    [(0, 0), (0, 72), (72, 0), (1, 65535), (300, 72), (72, 72), (1, 1), (400, 401)],
)
@pytest.mark.parametrize(("write", "name"), [(jfif, "a.jpg"), (phys, "a.png")])
def test_that_nonsense_and_equal_densities_leave_pixels_square(tmp_path, across, down, write, name):
    assert aspect(write(tmp_path / name, 1, across, down)) == 1


@pytest.mark.parametrize("tags", [exif(72, 72), exif(75, 80), exif(1, 300)])
def test_that_exif_says_nothing_beside_jfif(tmp_path, tags):
    assert aspect(saved(tmp_path / "a.jpg", exif=tags)) == 1
    assert aspect(saved(tmp_path / "b.jpg", exif=tags, dpi=(150, 160))) == pytest.approx(15 / 16)


@pytest.mark.parametrize("orientation", [6, 8])
def test_that_turning_a_picture_turns_its_pixels(tmp_path, orientation):
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    path = saved(tmp_path / "a.jpg", exif=tags, dpi=(150, 160))

    assert load_image(path).image.rows == GRAY.shape[1]
    assert aspect(path) == pytest.approx(16 / 15)


def test_that_without_a_density_pixels_are_square(tmp_path):
    assert aspect(saved(tmp_path / "a.png")) == 1
