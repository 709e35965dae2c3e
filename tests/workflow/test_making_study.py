"""A study is made of copies under codes that give what their files give, or not at all."""

import csv
import hashlib
import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.reader_study.reader_study import UnusablePlan
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.batch import expand
from fhc_desktop.workflow.making_study import StudyNotMade, make_study, read_key
from tests.heads import (
    SMALL_MM_PER_PIXEL,
    small_phantom,
    write_cine,
    write_dicom,
    write_pixel_size_table,
    write_png,
)
from tests.reading import READERS, load_image
from tests.studies import MADE_AT, PLAN, drawn_heads, made_study


def make(tmp_path, paths, plan=PLAN, name="study"):
    folder = tmp_path / name
    return make_study(paths, folder, tmp_path / f"{name}.csv", plan, READERS, now=MADE_AT)


def scales_of(path):
    return [
        (one.calibration.mm_per_column, one.calibration.mm_per_row)
        for one in load_image(path).calibration.candidates
    ]


def test_that_a_copy_is_its_file_to_the_last_byte_and_has_its_scale(tmp_path):
    paths = [
        *drawn_heads(tmp_path / "heads", 2),
        write_dicom(small_phantom(seed=5), tmp_path / "head.dcm"),
        write_png(small_phantom(seed=6), tmp_path / "bare.png"),
    ]

    made = make(tmp_path, paths)

    key = read_key(tmp_path / "study.csv")
    folder = open_study(tmp_path / "study")
    for picture in made.study.pictures:
        copy, file = folder.picture_path(picture.code), key[picture.code]
        content = copy.read_bytes()
        assert content == tmp_path.joinpath(file).read_bytes()
        assert picture.sha256 == hashlib.sha256(content).hexdigest()
        assert scales_of(copy) == scales_of(tmp_path.joinpath(file))
    assert sorted(key.values()) == sorted(map(str, paths))
    assert [key[code] for code in made.unscaled] == [str(tmp_path / "bare.png")]


def test_that_no_name_of_a_file_or_patient_is_told_but_by_the_key(tmp_path):
    made_study(tmp_path)

    texts = [
        (path.name, path.read_bytes()) for path in (tmp_path / "study").rglob("*") if path.is_file()
    ]
    assert len(texts) == 6
    for name, content in texts:
        assert b"Miller" not in name.encode() + content
    assert "Miller" in (tmp_path / "key.csv").read_text()


def test_that_pixels_higher_than_wide_stay_so(tmp_path):
    folder = tmp_path / "tall"
    folder.mkdir()
    paths = [write_png(small_phantom(seed=seed), folder / f"{seed}.png") for seed in (1, 2)]
    (folder / "sizes.csv").write_text(
        "filename,pixel width (mm),pixel height (mm)\n1.png,0.5,0.7\n2.png,0.5,0.6\n"
    )

    make(tmp_path, paths)

    key, study = read_key(tmp_path / "study.csv"), open_study(tmp_path / "study")
    heights = {"1.png": 0.7, "2.png": 0.6}
    for code, file in key.items():
        assert scales_of(study.picture_path(code)) == [(0.5, heights[file.rsplit("/", 1)[-1]])]
        assert load_image(study.picture_path(code)).image.pixel_aspect == pytest.approx(
            scales_of(study.picture_path(code))[0][1] / 0.5
        )


def test_that_a_density_that_shapes_the_pixels_still_does(tmp_path):
    paths = []
    for seed in (1, 2):
        path = tmp_path / f"{seed}.png"
        Image.fromarray(small_phantom(seed=seed).gray).save(path, dpi=(300, 240))
        paths.append(path)
    write_pixel_size_table(tmp_path, {path.name: SMALL_MM_PER_PIXEL for path in paths})
    expected = scales_of(paths[0])

    make(tmp_path, paths)

    study = open_study(tmp_path / "study")
    for picture in study.study.pictures:
        assert scales_of(study.picture_path(picture.code)) == expected
    assert expected[0][0] != expected[0][1]


def test_that_a_scale_that_is_withheld_is_withheld_in_the_copy(tmp_path):
    paths = drawn_heads(tmp_path / "heads", 3)
    (tmp_path / "heads" / "other.csv").write_text(f"filename,pixel size(mm)\n{paths[0].name},0.9\n")

    made = make(tmp_path, paths)

    key = read_key(tmp_path / "study.csv")
    assert [key[code] for code in made.unscaled] == [str(paths[0])]


def test_that_the_same_pixels_are_in_it_once_and_that_is_told(tmp_path):
    paths = drawn_heads(tmp_path / "heads", 3)
    again = tmp_path / "heads" / "again.png"
    shutil.copy(paths[1], again)

    made = make(tmp_path, [*paths, again])

    assert len(made.study.pictures) == 3
    (left_out,) = made.left_out
    assert left_out.path == again
    assert "shows the same picture as Miller_Anna_2.png" in left_out.error


def test_that_what_cannot_be_read_is_left_out_with_its_reason(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    known = FailedFile(tmp_path / "place", "It cannot be listed.")

    made = make(tmp_path, [known, *drawn_heads(tmp_path / "heads", 2), broken])

    assert [one.path for one in made.left_out] == [known.path, broken]
    assert len(made.study.pictures) == 2


def test_that_clips_and_files_that_name_a_patient_are_counted(tmp_path):
    paths = [
        write_cine(small_phantom(seed=1), tmp_path / "clip.dcm", frames=3),
        write_png(small_phantom(seed=2), tmp_path / "bare.png"),
    ]

    made = make(tmp_path, paths)

    assert (made.clips, made.naming) == (1, 1)


def test_that_members_of_an_archive_are_copied_too(tmp_path):
    drawn_heads(tmp_path / "heads", 3)
    archive = shutil.make_archive(tmp_path / "heads", "zip", tmp_path / "heads")

    made = make(tmp_path, list(expand([tmp_path.joinpath(archive)], READERS)))

    assert len(made.study.pictures) == 3
    assert made.unscaled == ()


def test_that_codes_follow_no_order_of_the_files(tmp_path):
    paths = drawn_heads(tmp_path / "heads", 12)

    make(tmp_path, paths)
    make(tmp_path, paths, replace(PLAN, seed=2), "other")

    orders = [list(read_key(tmp_path / f"{name}.csv").values()) for name in ("study", "other")]
    assert list(map(str, paths)) not in orders
    assert orders[0] != orders[1]


@pytest.mark.parametrize("there", ["study", "study.csv"])
def test_that_nothing_is_written_over(tmp_path, there):
    (tmp_path / there).mkdir()

    with pytest.raises(StudyNotMade, match="is there already"):
        make(tmp_path, drawn_heads(tmp_path / "heads", 2))
    assert list((tmp_path / there).iterdir()) == []


def test_that_the_key_must_not_lie_in_the_study(tmp_path):
    study = tmp_path / "study"

    with pytest.raises(StudyNotMade, match="must not lie in the study"):
        make_study([], study, study / "key.csv", PLAN, READERS, now=MADE_AT)
    assert not study.exists()


def test_that_too_few_pictures_make_no_study_and_leave_nothing(tmp_path):
    with pytest.raises(UnusablePlan):
        make(tmp_path, drawn_heads(tmp_path / "heads", 1), replace(PLAN, repeats=1.0))

    assert not (tmp_path / "study").exists()


def test_that_a_full_disk_leaves_nothing_behind(small_disk, tmp_path):
    paths = []
    for seed in range(6):
        noise = np.random.default_rng(seed).integers(0, 255, (300, 300), dtype=np.uint8)
        path = tmp_path / f"{seed}.png"
        Image.fromarray(noise).save(path)
        paths.append(path)

    with pytest.raises(StudyNotMade, match="cannot be written"):
        make(small_disk, paths)
    assert not (small_disk / "study").exists()


def test_that_the_key_leads_back_to_the_files(tmp_path):
    made_study(tmp_path)

    with (tmp_path / "key.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        content = tmp_path.joinpath(row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]


def test_that_what_is_no_key_is_refused(tmp_path):
    (tmp_path / "bare.csv").write_text("a,b\n1,2\n")

    for path in (tmp_path / "bare.csv", tmp_path / "none.csv"):
        with pytest.raises(FhcError):
            read_key(path)
