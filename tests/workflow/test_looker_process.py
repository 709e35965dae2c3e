"""The networks in a process of their own: the same word, and a window that outlives it."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.own_process import begin_in_a_group
from fhc_desktop.workflow.looker_process import LookerProcess, NothingSaid
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.fakes import IDENTITY
from tests.heads import small_phantom
from tests.reading import load_image
from tests.segmentation.networks.small_bundle import SMALL_BUNDLE, read_small_bundle
from tests.workflow.drawn_looker import BREAK, DIE, DIE_ONCE, HANG, LOOK, REFUSE, command_in

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60

ASK_AND_WAIT = """
import sys, time
from fhc_desktop.workflow.looker_process import LookerProcess
from tests.workflow.drawn_looker import command_in
looker = LookerProcess(command=command_in(sys.argv[1]))
looker.warm_up()
print(looker.process_id, flush=True)
time.sleep(600)
"""


@pytest.fixture
def looker(tmp_path):
    with LookerProcess(command=command_in(tmp_path)) as made:
        yield made


def picture(first_pixel=LOOK, seed=1):
    image = small_phantom(seed=seed).image
    gray = np.array(image.gray)
    gray[0, 0] = first_pixel
    return replace(image, gray=gray)


def scan(path):
    return load_image(path).image


def looks_in(folder):
    return [int(line) for line in (folder / "looks").read_text().split()]


def wait_until(is_so):
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.01)


def is_gone(process):
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return False
    return True


@pytest.fixture
def begun(tmp_path):
    """One that was started before anybody knew which networks it is to have."""
    child = begin_in_a_group(command_in(tmp_path))
    yield child
    child.kill()
    child.wait()


def test_that_one_that_was_begun_before_is_the_one_that_looks(tmp_path, begun):
    with LookerProcess(command=command_in(tmp_path), begun=begun) as looker:
        assert looker.propose(picture()).device.split()[0] == str(begun.pid)


def test_that_one_that_was_begun_and_has_died_is_replaced_without_a_word(tmp_path, begun):
    begun.kill()
    begun.wait()
    with LookerProcess(command=command_in(tmp_path), begun=begun) as looker:
        assert looker.propose(picture()).model == IDENTITY


def test_that_one_that_was_begun_and_never_asked_ends_with_the_rest(tmp_path, begun):
    LookerProcess(command=command_in(tmp_path), begun=begun).close()

    assert is_gone(begun.pid)


def test_that_its_word_is_that_of_the_same_networks_in_this_process():
    own = LazySegmenter(SMALL_BUNDLE, "cpu")
    with LookerProcess(SMALL_BUNDLE, "cpu") as looker:
        for seed in (1, 2, 3):
            image = replace(small_phantom(seed=seed).image, pixel_aspect=1.25)

            assert looker.propose(image) == own.propose(image)
        assert looker.identity == own.identity == read_small_bundle().identity


@pytest.mark.slow
@pytest.mark.model
def test_that_its_word_on_scans_is_that_of_the_shipped_networks_in_this_process(shared):
    own = LazySegmenter()
    scans = sorted((shared / "hc18").rglob("*_HC.png"))[:20]
    with LookerProcess() as looker:
        said = [(looker.propose(image), own.propose(image)) for image in map(scan, scans)]

    assert scans
    assert all(repr(there) == repr(here) for there, here in said)


def test_that_it_is_told_pixels_and_their_shape_and_not_whose_they_are(looker):
    image = replace(picture(), pixel_aspect=1.5)

    assert looker.propose(image).device.split()[1:] == ["picture", "1.5"]
    assert image.source.path.name != "picture"


def test_that_which_networks_these_are_is_known_once_they_are_loaded(looker):
    assert looker.identity is None
    looker.warm_up()

    assert looker.identity == IDENTITY


def test_that_what_is_wrong_with_a_bundle_is_said_when_somebody_asks(tmp_path):
    with LookerProcess(tmp_path / "none.safetensors", "cpu") as looker:
        looker.warm_up()
        with pytest.raises(NothingSaid) as said:
            looker.propose(picture())
    with pytest.raises(FhcError) as own:
        LazySegmenter(tmp_path / "none.safetensors", "cpu").propose(picture())

    assert (said.value.problem, said.value.remedy) == (own.value.problem, own.value.remedy)


def test_that_a_refusal_leaves_it_there_for_the_next_picture(looker):
    before = looker.propose(picture()).device
    with pytest.raises(NothingSaid, match="The bundle is missing"):
        looker.propose(picture(REFUSE))

    assert looker.propose(picture()).device == before


def test_that_a_fault_of_the_program_says_where_and_not_of_whom(looker):
    with pytest.raises(RuntimeError, match="ValueError") as caught:
        looker.propose(picture(BREAK))

    assert "drawn_looker.py" in str(caught.value)
    assert str(caught.value).endswith("ValueError")


def test_that_one_that_was_ended_between_two_pictures_is_replaced_without_a_word(looker):
    before = looker.propose(picture()).device
    os.kill(looker.process_id, signal.SIGKILL)

    assert looker.propose(picture()).device != before


def test_that_a_picture_that_ends_it_is_tried_once_more(looker, tmp_path):
    looker.propose(picture(DIE_ONCE))

    assert looks_in(tmp_path) == [DIE_ONCE, DIE_ONCE]


def test_that_a_picture_that_ends_it_twice_costs_a_sentence_and_no_other_picture(looker):
    with pytest.raises(NothingSaid) as said:
        looker.propose(picture(DIE))

    assert said.value.problem == (
        "The model ended while it looked at this image, twice, and said nothing of it."
    )
    assert said.value.remedy.startswith("Draw the outline by hand")
    assert looker.propose(picture()).model == IDENTITY


def test_that_one_that_cannot_be_started_says_what_to_do(tmp_path):
    with (
        LookerProcess(command=[str(tmp_path / "none")]) as looker,
        pytest.raises(NothingSaid, match="does not let the program start another process"),
    ):
        looker.propose(picture())


def test_that_an_end_does_not_wait_for_a_picture(looker, tmp_path):
    outcome = []

    def ask():
        try:
            looker.propose(picture(HANG))
        except FhcError as refusal:
            outcome.append(refusal)

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until((tmp_path / "hangs").exists)
    process = looker.process_id
    looker.close()
    asking.join(PATIENCE_S)

    assert not asking.is_alive()
    assert is_gone(process)
    assert len(outcome) == 1
    assert looker.process_id is None


def test_that_it_ends_with_the_program_even_if_that_is_killed(tmp_path):
    program = subprocess.Popen(
        [sys.executable, "-c", ASK_AND_WAIT, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    process = int(program.stdout.readline())
    assert not is_gone(process)
    program.kill()
    program.wait()
    program.stdout.close()

    wait_until(lambda: is_gone(process))


def test_that_a_picture_looked_at_ahead_is_not_looked_at_again(looker, tmp_path):
    image = picture()
    looker.propose_ahead(image)
    other_object = replace(image)  # as the examination may have it: the same pixels

    assert looker.propose(other_object).model == IDENTITY
    assert looks_in(tmp_path) == [LOOK]


@pytest.mark.parametrize("change", [{"pixel_aspect": 1.5}, {"gray": picture(seed=2).gray}])
def test_that_a_word_said_ahead_is_of_no_other_picture(looker, tmp_path, change):
    looker.propose_ahead(picture())
    said = looker.propose(replace(picture(), **change))

    assert said.device.endswith(str(change.get("pixel_aspect", 1.0)))
    wait_until(lambda: looks_in(tmp_path) == [LOOK, LOOK])


def test_that_a_fault_met_ahead_is_told_to_who_asks_and_the_next_time_it_is_tried(looker, tmp_path):
    image = picture(REFUSE)
    looker.propose_ahead(image)
    for _ in range(2):
        with pytest.raises(NothingSaid):
            looker.propose(image)

    assert looks_in(tmp_path) == [REFUSE, REFUSE]
