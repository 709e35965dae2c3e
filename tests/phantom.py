"""A drawn fetal head whose outline and scale are known, for demonstration and tests.

``python -m tests.phantom FOLDER`` writes the demonstration scan.
"""

import argparse
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, UltrasoundImageStorage, generate_uid

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray

Field = NDArray[np.float64]

DEMO_OUTLINE_PX = Ellipse(368.0, 292.0, 226.0, 173.0, math.radians(4.0))
DEMO_MM_PER_PIXEL = 0.14
DEMO_ROWS, DEMO_COLUMNS = 540, 800
DEMO_SEED = 20
DEMO_STUDY_DATE = date(2026, 1, 15)

# Lengths that belong to the head are given as parts of its minor semi-axis, so that a small
# phantom is a small picture of the same head; a skull of 0.074 is 1.8 mm at mid-pregnancy.
_SKULL_THICKNESS = 0.074
_DYNAMIC_RANGE_DB = 58.0
_RIM_PX = 3.0
_WAKE = 0.9  # how far along the axis the skull weakens what lies behind it


# Where the skull's band fades: direction and width in degrees, depth in dB. Two sutures, and the
# two flanks, which the beam grazes.
_SUTURES = ((-50.0, 2.2, 17.0), (127.0, 1.8, 15.0), (174.0, 8.0, 9.0), (-3.0, 7.0, 10.0))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Each pixel's place in the picture, under the probe and in the head.

    ``along`` and ``across`` are in semi-axes of the head; ``level`` is 1 on its outline and
    ``inward`` the distance from it to the inside, in pixels.
    """

    x: Field
    y: Field
    depth: Field
    bearing: Field
    along: Field
    across: Field
    level: Field
    inward: Field
    facing: Field


def draw_phantom(outline_px: Ellipse, *, rows: int, columns: int, seed: int) -> Gray:
    """Draw a head in a convex probe's sector, as grey levels of shape (rows, columns).

    The outer border of its skull is the outline. The same seed gives the same pixels.
    """
    rng = np.random.default_rng(seed)
    grid = _grid(outline_px, rows, columns)
    thickness = _SKULL_THICKNESS * outline_px.semi_minor
    echo_db = np.where(grid.level < 1, _brain_db(grid, rng), _surroundings_db(grid, rng))
    echo_db = _skull_db(grid, echo_db, thickness, rng)
    echo_db += _shadow_db(grid, outline_px) + _gain_db(grid.depth)
    picture = _speckled(echo_db, rng, grain=max(columns / 800, 0.4))
    picture[~_sector(grid)] = 0
    _draw_gray_bar(picture)
    return picture


def write_demo(folder: Path) -> None:
    """Write the demonstration scan as PNG with its pixel-size table, and as DICOM."""
    folder.mkdir(parents=True, exist_ok=True)
    gray = draw_phantom(DEMO_OUTLINE_PX, rows=DEMO_ROWS, columns=DEMO_COLUMNS, seed=DEMO_SEED)
    Image.fromarray(gray).save(folder / "demo_head.png", optimize=True)
    hc_mm = DEMO_OUTLINE_PX.perimeter * DEMO_MM_PER_PIXEL
    (folder / "pixel_size_and_HC.csv").write_text(
        "filename,pixel size(mm),head circumference (mm)\n"
        f"demo_head.png,{DEMO_MM_PER_PIXEL},{hc_mm:.2f}\n",
        encoding="utf-8",
    )
    write_ultrasound_dicom(gray, folder / "demo_head.dcm", mm_per_pixel=DEMO_MM_PER_PIXEL)


def write_ultrasound_dicom(gray: Gray, target: Path, *, mm_per_pixel: float) -> None:
    """Write a picture as an ultrasound image with one calibrated region, of a made-up patient."""
    rows, columns = gray.shape
    region = Dataset()
    region.RegionSpatialFormat = 1
    region.RegionDataType = 1
    region.RegionFlags = 0
    region.RegionLocationMinX0, region.RegionLocationMinY0 = 0, 0
    region.RegionLocationMaxX1, region.RegionLocationMaxY1 = columns - 1, rows - 1
    region.PhysicalUnitsXDirection, region.PhysicalUnitsYDirection = 3, 3
    region.PhysicalDeltaX = region.PhysicalDeltaY = mm_per_pixel / 10

    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = UltrasoundImageStorage
    meta.MediaStorageSOPInstanceUID = _uid("instance")
    meta.ImplementationClassUID = _uid("implementation")

    dataset = Dataset()
    dataset.file_meta = meta
    dataset.SOPClassUID = meta.MediaStorageSOPClassUID
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = _uid("study"), _uid("series")
    dataset.Modality = "US"
    dataset.Manufacturer, dataset.ManufacturerModelName = "FHC Desktop", "Drawn phantom"
    dataset.PatientID, dataset.PatientName = "DEMO-001", "Demonstration^Phantom"
    dataset.PatientBirthDate, dataset.PatientSex = "", "F"
    dataset.StudyDate, dataset.StudyTime = DEMO_STUDY_DATE.strftime("%Y%m%d"), "120000"
    dataset.StudyID, dataset.AccessionNumber, dataset.ReferringPhysicianName = "1", "", ""
    dataset.SeriesNumber = dataset.InstanceNumber = 1
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "OBSTETRICAL"]
    dataset.SequenceOfUltrasoundRegions = [region]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.Rows, dataset.Columns = rows, columns
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.PixelRepresentation = 0
    dataset.BurnedInAnnotation = "NO"
    dataset.PixelData = gray.tobytes() + b"\0" * (gray.size % 2)
    dataset["PixelData"].VR = "OB"
    dataset.save_as(target, enforce_file_format=True)


def _grid(outline_px: Ellipse, rows: int, columns: int) -> _Grid:
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float64)
    apex_x, apex_y = 0.49 * columns, -0.42 * rows
    radius = np.hypot(x - apex_x, y - apex_y)
    shallowest, deepest = 0.45 * rows, 1.415 * rows
    cosine, sine = math.cos(outline_px.angle), math.sin(outline_px.angle)
    dx, dy = x - outline_px.center_x, y - outline_px.center_y
    along = (cosine * dx + sine * dy) / outline_px.semi_axis_a
    across = (-sine * dx + cosine * dy) / outline_px.semi_axis_b
    level = np.hypot(along, across)
    # First-order distance to the curve, exact enough within the skull's thickness of it.
    slope = np.hypot(along / outline_px.semi_axis_a, across / outline_px.semi_axis_b)
    slope /= np.maximum(level, 1e-6)
    normal_x = cosine * along / outline_px.semi_axis_a - sine * across / outline_px.semi_axis_b
    normal_y = sine * along / outline_px.semi_axis_a + cosine * across / outline_px.semi_axis_b
    beam = (normal_x * (x - apex_x) + normal_y * (y - apex_y)) / radius
    return _Grid(
        x=x,
        y=y,
        depth=(radius - shallowest) / (deepest - shallowest),
        bearing=np.arctan2(x - apex_x, y - apex_y),
        along=along,
        across=across,
        level=level,
        inward=(1 - level) / np.maximum(slope, 1e-9),
        facing=np.abs(beam) / np.maximum(np.hypot(normal_x, normal_y), 1e-9),
    )


def _sector(grid: _Grid) -> NDArray[np.bool_]:
    return (grid.depth > 0) & (grid.depth < 1) & (np.abs(grid.bearing) < math.radians(42))


def _clouds(rng: np.random.Generator, shape: tuple[int, ...], size_px: float) -> Field:
    """Return smooth noise of mean 0 and deviation 1 with blobs of about a size."""
    noise = cv2.GaussianBlur(rng.standard_normal(shape), (0, 0), size_px)
    return np.asarray((noise - noise.mean()) / noise.std(), dtype=np.float64)


def _blob(grid: _Grid, at: tuple[float, float], size: tuple[float, float]) -> Field:
    """Return a soft spot with peak 1, placed and sized in semi-axes of the head."""
    along, across = (grid.along - at[0]) / size[0], (grid.across - at[1]) / size[1]
    return np.asarray(np.exp(-(along**2 + across**2) / 2), dtype=np.float64)


def _surroundings_db(grid: _Grid, rng: np.random.Generator) -> Field:
    """Draw the abdominal wall in layers, placenta below on the right, fluid round the head."""
    scale = grid.x.shape[1] / 800
    echo = -27 + 3.0 * _clouds(rng, grid.x.shape, 16 * scale)
    waver = 0.5 * _clouds(rng, echo.shape, 45 * scale)
    layers = np.sin(2 * math.pi * (grid.depth / 0.055 + waver)) + np.sin(grid.depth / 0.0041)
    wall = 1 / (1 + np.exp((grid.depth - 0.17) / 0.012))
    echo += wall * (6 + 3.5 * layers)
    right = 1 / (1 + np.exp(-(grid.along - 0.95) / 0.04))
    placenta = right / (1 + np.exp(-(grid.across + 0.25 * grid.along - 0.25) / 0.03))
    fluid = right * (1 - placenta) * (1 - wall) + 0.7 * _blob(grid, (-1.08, -0.35), (0.10, 0.30))
    return np.asarray(echo + 13 * placenta - 15 * fluid, dtype=np.float64)


def _brain_db(grid: _Grid, rng: np.random.Generator) -> Field:
    scale = grid.x.shape[1] / 800
    echo = -33 + 2.6 * _clouds(rng, grid.x.shape, 5 * scale)
    echo += 2.0 * _clouds(rng, grid.x.shape, 30 * scale)
    folds = np.abs(_clouds(rng, grid.x.shape, 17 * scale))
    echo += 4 * np.exp(-((folds / 0.35) ** 2)) * np.clip(grid.across + 0.5, 0, 1)
    # Thalami dark on both sides of the midline; cavum dark between two bright walls in front.
    for side in (-1, 1):
        echo -= 6 * _blob(grid, (0.03, 0.14 * side), (0.14, 0.09))
        echo += 24 * _blob(grid, (0.47, 0.065 * side), (0.07, 0.014))
        echo += 9 * _blob(grid, (0.55, 0.30 * side), (0.10, 0.012))
    echo -= 6 * _blob(grid, (0.47, 0.0), (0.06, 0.03))
    for center, length in ((0.78, 0.09), (0.20, 0.05), (0.02, 0.06), (-0.25, 0.07), (-0.6, 0.13)):
        bend = 0.02 * math.sin(9 * center)
        echo += 17 * _blob(grid, (center, bend), (length, 0.012))
    # Choroid plexus and the far wall of the lateral ventricle, seen in the far hemisphere.
    echo += 15 * _blob(grid, (-0.36, 0.52), (0.12, 0.085))
    echo -= 7 * _blob(grid, (-0.58, 0.45), (0.10, 0.10))
    echo += 12 * _blob(grid, (-0.30, 0.33), (0.22, 0.012))
    return np.asarray(echo, dtype=np.float64)


def _skull_db(grid: _Grid, echo_db: Field, thickness: float, rng: np.random.Generator) -> Field:
    """Lay the skull's band over the picture: bright where the beam meets it squarely.

    Its outer border is sharp and lies on the outline; the inner one fades. Two sutures leave gaps.
    """
    angle = np.arctan2(grid.across, grid.along)
    waver = _clouds(rng, echo_db.shape, 22 * echo_db.shape[1] / 800)
    band_db = -18 + 16.5 * grid.facing**1.2 + 1.2 * waver
    for suture_degrees, width_degrees, depth_db in _SUTURES:
        turn = np.angle(np.exp(1j * (angle - math.radians(suture_degrees))))
        band_db -= depth_db * np.exp(-((turn / math.radians(width_degrees)) ** 2))
    edge = 0.6 + 0.02 * thickness
    local = thickness * (0.72 + 0.38 * grid.facing) * (1 + 0.08 * waver)
    outer = 1 / (1 + np.exp(-np.clip(grid.inward / edge, -50, 50)))
    inner = 1 / (1 + np.exp(-np.clip((local - grid.inward) / (0.16 * thickness), -50, 50)))
    weight = outer * inner
    level = 10 ** (echo_db / 20) * (1 - weight) + 10 ** (band_db / 20) * weight
    return np.asarray(20 * np.log10(level), dtype=np.float64)


def _shadow_db(grid: _Grid, outline_px: Ellipse) -> Field:
    """Darken what lies behind the head's two flanks, where the beam grazes the skull."""
    rim_depth = np.median(grid.depth[np.abs(grid.inward) <= _RIM_PX])
    behind = 1 / (1 + np.exp(-np.clip((grid.depth - rim_depth) / 0.04, -50, 50)))
    shadow = np.zeros_like(grid.depth)
    for side in (-1.0, 1.0):
        flank = int(np.argmin((grid.along - side) ** 2 + grid.across**2))
        width = math.radians(2.2) * min(outline_px.semi_minor / 173, 1.5)
        turn = grid.bearing - grid.bearing.flat[flank]
        shadow -= 16 * behind * np.exp(-((turn / width) ** 2))
    inside_wake = (np.abs(grid.along) < _WAKE) & (grid.across > 0) & (grid.level > 1)
    return np.asarray(shadow - 3 * inside_wake, dtype=np.float64)


def _gain_db(depth: Field) -> Field:
    """Attenuation that the scanner's gain makes up for in the middle of the picture only."""
    return np.asarray(-20 * (depth - 0.45) ** 2, dtype=np.float64)


def _speckled(echo_db: Field, rng: np.random.Generator, *, grain: float) -> Gray:
    """Turn echo strength into log-compressed grey with fully developed speckle, then smooth it."""
    amplitude = 10 ** (echo_db / 20)
    parts = [
        cv2.GaussianBlur(
            rng.standard_normal(echo_db.shape) * amplitude, (0, 0), 2.6 * grain, sigmaY=1.25 * grain
        )
        for _ in range(2)
    ]
    # Unit variance again after the blur, whose energy gain is 1 / (4 pi sigma_x sigma_y).
    envelope = np.hypot(*parts) * math.sqrt(4 * math.pi * 2.6 * 1.25) * grain
    # Scanners compound several looks: the mean of the speckle and of the clean echo.
    compounded = 0.6 * envelope / math.sqrt(2) + 0.4 * cv2.GaussianBlur(amplitude, (0, 0), 0.8)
    decibels = 20 * np.log10(np.maximum(compounded, 1e-6))
    gray = 255 * (1 + (decibels - 1.0) / _DYNAMIC_RANGE_DB)
    curve = 255 * (np.clip(gray, 0, 255) / 255) ** 1.9
    return np.rint(curve).astype(np.uint8)


def _draw_gray_bar(picture: Gray) -> None:
    """Draw the scale of greys that scanners show on the left; it is no part of the sector."""
    rows, columns = picture.shape
    top, bottom, width = rows // 22, rows // 3, max(columns // 90, 1)
    ramp = np.linspace(255, 0, bottom - top).astype(np.uint8)
    picture[top:bottom, 3 : 3 + width] = ramp[:, np.newaxis]


def _uid(name: str) -> UID:
    return generate_uid(prefix="2.25.", entropy_srcs=["fhc-desktop demonstration", name])


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the demonstration scan into a folder.")
    parser.add_argument("folder", type=Path)
    write_demo(parser.parse_args().folder)


if __name__ == "__main__":
    main()
