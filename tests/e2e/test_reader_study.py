"""A study from a folder of scans to a table, read in the real window by two who err as drawn."""

import csv
import math
from datetime import UTC, datetime
from statistics import fmean, stdev

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import Qt

from fhc_desktop.__main__ import main
from fhc_desktop.gui.reader_study.reading import Reading
from fhc_desktop.gui.reader_study.reading_window import ReadingWindow
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.making_study import read_key
from fhc_desktop.workflow.reading_study import ReadingDesk
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, Drag, in_view
from tests.heads import (
    SMALL_MM_PER_PIXEL,
    SMALL_OUTLINE_PX,
    Phantom,
    write_pixel_size_table,
    write_png,
)
from tests.phantom import draw_phantom
from tests.reading import READERS

stats = pytest.importorskip("scipy.stats", reason="needs scipy (the extra research)")
pytestmark = [pytest.mark.gui, pytest.mark.model]

SIZES = (0.72, 0.79, 0.85, 0.9, 0.97, 1.0)
# How far off each reader's outline is, in pixels of radius; B reads larger.
BIAS_PX = {"A": 0.0, "B": 2.0}
NOISE_PX = 0.6


def drawn_scans(folder):
    """Write heads of several sizes; return their true outlines by the file's name."""
    folder.mkdir()
    outlines = {}
    for number, size in enumerate(SIZES, start=1):
        outline_px = SMALL_OUTLINE_PX.scaled(size, size)
        outline_px = outline_px.moved(92 - outline_px.center_x, 73 - outline_px.center_y)
        gray = draw_phantom(outline_px, rows=135, columns=200, seed=number)
        name = f"scan_{number}.png"
        write_png(Phantom(gray, outline_px), folder / name)
        outlines[name] = outline_px
    write_pixel_size_table(folder, dict.fromkeys(outlines, SMALL_MM_PER_PIXEL))
    return outlines


def read_all(qtbot, folder, reader, truth):
    """Read a list to its end: a box is dragged round each head, a bit off by the reader's habit."""
    desk = ReadingDesk(
        folder, reader, FakeSegmenter(None), READERS, lambda: datetime(2026, 5, 20, tzinfo=UTC)
    )
    window = ReadingWindow(Reading(desk))
    qtbot.addWidget(window)
    window.show()
    rng = np.random.default_rng(len(reader) + ord(reader))
    reading, view = window.reading, window.image_view
    reading.go_on()
    while True:
        qtbot.waitUntil(lambda: not reading.screen.activity, timeout=PATIENCE_MS)
        if reading.is_finished:
            break
        outline_px = truth[desk.codes[reading.place - 1]]
        grown = outline_px.grown(BIAS_PX[reader] + rng.normal(0, NOISE_PX))
        window.actions_by_name["draw"].trigger()
        left, top, right, bottom = grown.extent
        Drag(view, in_view(view, left, top)).to(in_view(view, right, bottom)).drop()
        qtbot.keyClick(view, Qt.Key.Key_Return)
    window.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("study")


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(row, name):
    return float(row[name])


def test_that_a_study_is_made_read_by_two_and_comes_to_the_statistics_of_its_reads(
    qtbot, place, capsys
):
    outlines = drawn_scans(place / "scans")
    study, out, key = place / "study", place / "results", place / "study-key.csv"
    made = ["study", "make", str(place / "scans"), "--out", str(study)]
    assert main([*made, "--repeats", "0.7", "--seed", "5", "--readers", "A,B"]) == 0
    assert "6 pictures, 4 of them to be read twice, by A, B." in capsys.readouterr().out
    folder = open_study(study)
    truth = {code: outlines[file.rsplit("/", 1)[-1]] for code, file in read_key(key).items()}
    for reader in ("A", "B"):
        read_all(qtbot, folder, reader, truth)

    results = ["study", "results", str(study), "--out", str(out), "--key", str(key)]
    assert main([*results, "--device", "cpu"]) == 0

    said = capsys.readouterr().out
    assert "B − A (inter-observer), 6 pictures: bias" in said
    reads = rows(out / "reads.csv")
    assert len(reads) == 20
    assert {row["file"].rsplit("/", 1)[-1] for row in reads} == set(outlines)
    _check_inter(reads, rows(out / "agreement.csv"))
    _check_intra(reads, rows(out / "agreement.csv"))
    _check_all(reads, rows(out / "agreement.csv"))
    _check_model(reads, rows(out / "pictures.csv"), rows(out / "agreement.csv"), outlines)
    _check_plots(out)


def hc_by_picture(reads, reader, occasion):
    return {
        row["picture"]: number(row, "hc_mm")
        for row in reads
        if (row["reader"], row["occasion"]) == (reader, str(occasion))
    }


def of(table, kind, comparison):
    wanted = (kind, comparison, "mm")
    return next(row for row in table if (row["kind"], row["comparison"], row["unit"]) == wanted)


def _check_inter(reads, table):
    """Bland and Altman's numbers, from the reads by sums of our own."""
    first, other = hc_by_picture(reads, "A", 1), hc_by_picture(reads, "B", 1)
    differences = [other[code] - first[code] for code in first]
    row, count = of(table, "inter-observer", "B − A"), len(differences)
    bias, sd = fmean(differences), stdev(differences)
    t = stats.t.ppf(0.975, count - 1)
    half = t * sd * math.sqrt(1 / count + 1.959964**2 / (2 * (count - 1)))
    # B reads larger by two pixels of radius.
    assert bias == pytest.approx(2 * math.pi * 2 * SMALL_MM_PER_PIXEL, abs=2)
    assert number(row, "bias") == pytest.approx(bias)
    assert number(row, "bias_high") == pytest.approx(bias + t * sd / math.sqrt(count))
    assert number(row, "lower_limit") == pytest.approx(bias - 1.959964 * sd)
    assert number(row, "lower_limit_low") == pytest.approx(bias - 1.959964 * sd - half)
    assert number(row, "upper_limit_high") == pytest.approx(bias + 1.959964 * sd + half)


def _check_intra(reads, table):
    first, second = hc_by_picture(reads, "A", 1), hc_by_picture(reads, "A", 2)
    assert len(second) == 4
    differences = [second[code] - first[code] for code in second]
    row = of(table, "intra-observer", "A, second − A, first")
    within = math.sqrt(sum(one**2 for one in differences) / 8)
    assert number(row, "within_subject_sd") == pytest.approx(within)
    assert number(row, "repeatability_coefficient") == pytest.approx(1.959964 * 2**0.5 * within)


def _check_all(reads, table):
    """Both coefficients and an interval, by an analysis of variance of our own."""
    first, other = hc_by_picture(reads, "A", 1), hc_by_picture(reads, "B", 1)
    values = np.array([[first[code], other[code]] for code in first])
    n, k = values.shape
    between = values.mean(axis=1).var(ddof=1) * k
    of_readers = values.mean(axis=0).var(ddof=1) * n
    total = ((values - values.mean()) ** 2).sum()
    error = (total - between * (n - 1) - of_readers * (k - 1)) / ((n - 1) * (k - 1))
    consistency = (between - error) / (between + (k - 1) * error)
    absolute = (between - error) / (between + (k - 1) * error + k * (of_readers - error) / n)
    row = of(table, "inter-observer", "all readers")
    assert number(row, "icc_3_1") == pytest.approx(consistency)
    assert number(row, "icc_2_1") == pytest.approx(absolute)
    low = between / error / stats.f.ppf(0.975, n - 1, (n - 1) * (k - 1))
    assert number(row, "icc_3_1_low") == pytest.approx((low - 1) / (low + k - 1))
    assert number(row, "icc_2_1_low") < absolute < number(row, "icc_2_1_high")


def _check_model(reads, pictures, table, outlines):
    """The model measures each picture as it does for anybody, and lies near the truth."""
    assert len(pictures) == len(outlines)
    measured = [row for row in pictures if row["model_hc_mm"]]
    first = hc_by_picture(reads, "A", 1)
    differences = [number(row, "model_hc_mm") - first[row["picture"]] for row in measured]
    row = of(table, "model against reader", "model − A")
    assert int(row["pictures"]) == len(measured)
    assert number(row, "bias") == pytest.approx(fmean(differences))


def _check_plots(out):
    for name in ("inter-observer-A-B", "intra-observer-A-first-A-second", "model-B-model"):
        stem = f"bland-altman-{name}"
        assert (out / f"{stem}.svg").read_bytes().startswith(b"<?xml")
        page = pypdfium2.PdfDocument(out / f"{stem}.pdf")[0]
        picture = np.asarray(page.render(scale=1).to_pil().convert("RGB"))
        # Points are blue, and there are some.
        blue = (picture[..., 2].astype(int) - picture[..., 0]) > 80
        assert blue.sum() > 40
