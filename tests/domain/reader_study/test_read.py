"""What a reader said, which word counts, and what comes next."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.reader_study.read import (
    Read,
    next_place,
    occasions_mm,
    own_reads,
    reads_in_force,
)
from fhc_desktop.domain.reader_study.reader_study import (
    Plan,
    ReaderStudy,
    ReadingList,
    StudyPicture,
)

ROUND = Ellipse(100.0, 80.0, 50.0, 40.0, 0.0)
SCALE = Calibration(0.5, 0.5, CalibrationSource.PIXEL_SIZE_TABLE)
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIST = ("P1", "P2", "P1", "P3")
PICTURES = tuple(StudyPicture(code, f"{code}.png", "d" * 64) for code in ("P1", "P2", "P3"))
STUDY = ReaderStudy(AT, "0", Plan(("A",), 0.5, 1), PICTURES, (ReadingList("A", LIST),))


def read(place, code, outline_px=ROUND, calibration=SCALE):
    return Read(
        reader="A",
        place=place,
        picture=code,
        picture_sha256="d" * 64,
        read_at=AT,
        seconds=3.0,
        outline_px=outline_px,
        calibration=calibration,
        said=None,
        is_proposal_shown=False,
        are_numbers_shown=False,
        list_sha256="l",
        software_version="0",
    )


def test_that_a_read_has_the_millimetres_of_its_outline_by_its_scale():
    assert read(1, "P1").hc_mm == pytest.approx(ROUND.perimeter / 2)
    assert read(1, "P1", calibration=None).hc_mm is None
    assert read(1, "P1", outline_px=None).hc_mm is None


def test_that_the_last_word_on_a_place_counts():
    corrected = replace(read(1, "P1"), seconds=9.0)

    assert reads_in_force([read(1, "P1"), read(2, "P2"), corrected]) == {
        1: corrected,
        2: read(2, "P2"),
    }


@pytest.mark.parametrize(
    ("places", "after"), [((), 1), ((1,), 2), ((1, 3), 2), ((1, 2, 3, 4), None), ((4,), 1)]
)
def test_that_reading_goes_on_where_the_first_place_is_unread(places, after):
    assert next_place(STUDY, "A", [read(place, LIST[place - 1]) for place in places]) == after


def test_that_reads_of_another_list_reader_or_picture_are_nobodys():
    mine = read(1, "P1")
    others = (
        replace(mine, reader="B"),
        replace(mine, picture="P2"),
        replace(mine, picture_sha256="e" * 64),
        replace(mine, place=0),
        replace(mine, place=5),
    )

    assert own_reads(STUDY, "A", (*others, mine)) == (mine,)
    assert next_place(STUDY, "A", others) == 1


def test_that_a_picture_met_again_is_of_the_second_occasion():
    larger = ROUND.grown(5)
    in_force = {1: read(1, "P1"), 2: read(2, "P2", None), 3: read(3, "P1", larger)}

    first, second = occasions_mm(STUDY.codes_of("A"), in_force)

    assert first == {"P1": read(1, "P1").hc_mm}
    assert second == {"P1": read(3, "P1", larger).hc_mm}


def test_that_the_second_reading_stays_the_second_when_the_first_is_missing():
    first, second = occasions_mm(STUDY.codes_of("A"), {3: read(3, "P1")})

    assert (first, list(second)) == ({}, ["P1"])
