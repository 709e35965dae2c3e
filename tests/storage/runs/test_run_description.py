from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.storage.runs.faults import RunUnavailable
from fhc_desktop.storage.runs.file_list import FileList
from fhc_desktop.storage.runs.run_description import (
    RunDescription,
    RunOption,
    read_description,
    write_description,
)

BEGUN = datetime(2026, 11, 30, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
RUN = RunDescription(
    "measure",
    "FHC Desktop 1",
    ModelIdentity("unet", "2", "ab" * 32),
    "CPU",
    (RunOption("frame", "2"), RunOption("standard", "x")),
    FileList(1200, "cd" * 32),
    BEGUN,
)


def test_that_a_description_is_read_as_it_was_written(tmp_path):
    write_description(tmp_path / "run.json", RUN)

    assert read_description(tmp_path / "run.json") == RUN
    assert read_description(tmp_path / "none.json") is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "\xff", '{"job": 1}'])
def test_that_a_damaged_description_is_said_to_be_one(tmp_path, text):
    target = tmp_path / "run.json"
    target.write_text(text, encoding="latin-1")

    with pytest.raises(RunUnavailable, match=r"run\.json in .* is damaged"):
        read_description(target)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"job": "report"}, "the job was measure and is report"),
        ({"program": "FHC Desktop 2"}, "the program was FHC Desktop 1 and is FHC Desktop 2"),
        (
            {"model": ModelIdentity("unet", "3", "ef" * 32)},
            "the model was unet 2 (abababababab) and is unet 3 (efefefefefef)",
        ),
        ({"device": "GPU"}, "the device was CPU and is GPU"),
        ({"options": (RunOption("standard", "x"),)}, "the frame was 2 and is none"),
        (
            {"files": FileList(1201, "ee" * 32)},
            "the list of files was of 1,200 (cdcdcdcdcdcd) and is of 1,201 (eeeeeeeeeeee)",
        ),
    ],
)
def test_that_whatever_a_row_follows_from_makes_it_another_run(change, words):
    assert RUN.differences(replace(RUN, **change)) == (words,)


def test_that_a_run_is_the_same_whenever_it_is_gone_on_with():
    later = replace(RUN, begun=datetime(2027, 1, 1, tzinfo=UTC), options=RUN.options[::-1])

    assert RUN.differences(later) == ()


def test_that_the_day_of_a_run_is_that_of_where_it_was_begun():
    assert RUN.day.isoformat() == "2026-11-30"
