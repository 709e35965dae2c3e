"""What was done to a picture is found again in this run, and after whatever ends it."""

import random
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import DraftKey, Progress
from fhc_desktop.domain.image.display import Display
from fhc_desktop.workflow.keeping import MOST_WITHOUT_WORK, Desk
from tests.children import received
from tests.storage.draft_examples import AT, a_draft
from tests.workflow.draft_writer import draft_for_ever

PATIENCE_S = 60


@pytest.fixture
def opened(tmp_path):
    """Open the desk of a data folder, as often as a test likes."""
    made = []

    def open_desk(folder=tmp_path, tell=lambda _: None):
        made.append(Desk(folder, tell))
        return made[-1]

    yield open_desk
    for desk in made:
        desk.close()


def at(progress, draft):
    return replace(draft, progress=progress)


def test_that_unfinished_work_is_there_when_the_program_begins_again(opened):
    first = opened()
    first.put(a_draft("Ada"))
    assert first.close()

    assert opened().unfinished == (a_draft("Ada"),)


def test_that_it_is_written_without_being_asked_for(opened, tmp_path):
    opened().put(a_draft("Ada"))

    until = time.monotonic() + PATIENCE_S
    while not opened().unfinished and time.monotonic() < until:
        time.sleep(0.05)
    assert opened().unfinished == (a_draft("Ada"),)


@pytest.mark.parametrize("end", [Progress.LOGGED, Progress.UNTOUCHED])
def test_that_what_holds_no_work_any_more_leaves_the_disk_and_stays_in_the_run(opened, end):
    desk = opened()
    desk.put(a_draft("Ada"))
    desk.flush()

    desk.put(at(end, a_draft("Ada")))

    assert desk.left_last(a_draft().picture) is not None
    assert desk.unfinished == ()
    desk.close()
    assert opened().unfinished == ()


def test_that_what_was_deleted_is_gone(opened):
    desk = opened()
    desk.put(a_draft())

    desk.drop(a_draft().key)

    assert desk.left_last(a_draft().picture) is None
    desk.close()
    assert opened().unfinished == ()


def test_that_what_was_taken_into_a_mean_is_known_when_the_program_begins_again(opened):
    first = opened()
    first.take(frozenset({"a", "b"}))
    first.take(frozenset({"b", "c"}))
    assert first.close()

    assert opened().taken == {"b", "c"}


def looked_at(progress=Progress.UNTOUCHED):
    return replace(a_draft(), progress=progress, display=Display(is_inverted=True))


def test_that_a_picture_that_was_only_looked_at_is_found_as_it_was_after_a_crash(opened):
    desk = opened()
    desk.put(looked_at())
    assert desk.flush()

    after_the_crash = opened()

    assert after_the_crash.left_last(a_draft().picture) == looked_at()
    assert after_the_crash.unfinished == ()


@pytest.mark.parametrize("progress", [Progress.UNTOUCHED, Progress.LOGGED])
def test_that_what_was_only_looked_at_is_not_kept_beyond_the_run(opened, progress):
    desk = opened()
    desk.put(looked_at(progress))
    desk.flush()
    desk.put(a_draft(frame=2))
    desk.close()

    later = opened()
    assert later.left_last(a_draft().picture) is None
    assert later.unfinished == (a_draft(frame=2),)


def test_that_a_display_that_was_reset_leaves_nothing_to_keep(opened):
    desk = opened()
    desk.put(looked_at())
    desk.flush()
    desk.put(at(Progress.UNTOUCHED, a_draft()))
    desk.flush()

    assert opened().left_last(a_draft().picture) is None


def test_that_untouched_pictures_never_make_a_file(opened, tmp_path):
    desk = opened()
    desk.put(at(Progress.UNTOUCHED, a_draft()))

    assert desk.flush()
    assert list(tmp_path.iterdir()) == []


def test_that_the_last_one_left_of_a_picture_comes_first(opened):
    desk, correction = opened(), replace(a_draft("Zoë"), supersedes="row")
    desk.put(a_draft("Ada"))
    desk.put(correction)
    desk.put(a_draft("Ada"))

    picture = a_draft().picture
    assert desk.left_last(picture).present.patient.name == "Ada"
    assert desk.find(DraftKey(picture, "row")) == correction
    assert desk.find(DraftKey(picture, "another row")) is None
    assert desk.left_last(a_draft(frame=9).picture) is None


def test_that_old_drafts_are_offered_behind_the_new_ones(opened):
    desk, aged = opened(), a_draft(frame=1, at=AT - timedelta(days=3000))
    desk.put(aged)
    desk.put(a_draft(frame=2))
    desk.close()

    assert opened().unfinished == (a_draft(frame=2), aged)


def test_that_to_look_at_one_is_no_change_of_it(opened):
    desk = opened()
    desk.put(a_draft(at=AT))

    desk.put(a_draft(at=AT + timedelta(days=1)))

    assert desk.unfinished == (a_draft(at=AT),)


def test_that_what_waits_for_its_row_is_counted_over_a_restart(opened):
    desk, waiting = opened(), at(Progress.NOT_LOGGED, a_draft(frame=2))
    desk.put(a_draft(frame=1))
    desk.put(waiting)
    desk.close()

    assert opened().waiting == (waiting,)


def test_that_a_long_history_is_kept_whole_in_the_run_and_shortened_on_the_disk(opened):
    desk, draft = opened(), a_draft()
    long = replace(draft, past=draft.past * 500)
    desk.put(long)

    assert desk.left_last(draft.picture).past == long.past
    desk.close()
    (kept,) = opened().unfinished
    assert kept.past[0] == long.past[0]
    assert 0 < len(kept.past) < 100


# Trouble --------------------------------------------------------------------------------------


class Told:
    """Collects what keeps drafts from the disk, from whatever thread it comes."""

    def __init__(self):
        self.problems = []
        self.heard = threading.Event()

    def __call__(self, problem):
        self.problems.append(problem)
        self.heard.set()


def test_that_a_folder_that_cannot_be_written_is_told_once_and_nothing_is_lost_in_the_run(
    opened, tmp_path
):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    told = Told()
    desk = opened(tmp_path / "blocked", told)
    for name in ("Ada", "Zoë"):
        desk.put(a_draft(name))
        assert not desk.flush()

    assert desk.unfinished == (a_draft("Zoë"),)
    (problem,) = told.problems
    assert isinstance(problem, FhcError)


def test_that_writing_goes_on_as_soon_as_it_can(opened, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    told = Told()
    desk = opened(tmp_path / "data", told)
    desk.put(a_draft("Ada"))
    assert not desk.flush()

    (tmp_path / "data").unlink()

    assert desk.flush()
    assert told.problems[-1] is None
    desk.close()
    assert opened(tmp_path / "data").unfinished == (a_draft("Ada"),)


def test_that_a_damaged_file_is_told_and_work_goes_on(opened, tmp_path):
    desk = opened()
    desk.put(a_draft())
    desk.close()
    (tmp_path / "drafts" / "drafts.key").unlink()

    later = opened()

    assert "is not kept on the disk" in later.problem.problem
    later.put(a_draft("Zoë"))
    assert later.unfinished == (a_draft("Zoë"),)
    assert not later.close()


def test_that_our_own_fault_reaches_whoever_is_told(opened):
    told = Told()
    desk = opened(tell=told)
    desk.put(replace(a_draft(), present=object()))

    assert not desk.flush()
    assert isinstance(told.problems[0], TypeError)


# Kills ----------------------------------------------------------------------------------------


def lose_nothing(children, folder, kills):
    rng, survived = random.Random(19), 0
    for attempt in range(kills):
        place = folder / str(attempt)
        with children.running(draft_for_ever, place) as (child, pipe):
            pipe.poll(PATIENCE_S)
            time.sleep(rng.uniform(0.0, 0.1))
            child.kill()
            acknowledged = received(pipe)
        desk = Desk(place, lambda _: None)
        (draft,) = desk.unfinished
        desk.close()
        assert int(draft.present.patient.name) >= max(acknowledged)
        survived += len(acknowledged)
    assert survived >= kills


def test_that_twenty_kills_lose_no_draft_that_was_acknowledged(children, tmp_path):
    lose_nothing(children, tmp_path, kills=20)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_that_two_hundred_kills_lose_no_draft_that_was_acknowledged(children, tmp_path):
    lose_nothing(children, tmp_path, kills=200)


@pytest.mark.parametrize("end", [Progress.LOGGED, Progress.UNTOUCHED])
def test_that_of_pictures_without_work_the_last_are_kept_and_of_work_all(opened, end):
    desk = opened()
    desk.put(a_draft("Ada", frame=1))
    frames = range(2, MOST_WITHOUT_WORK + 7)
    for frame in frames:
        desk.put(at(end, a_draft("Ada", frame=frame)))

    left = [frame for frame in frames if desk.left_last(a_draft(frame=frame).picture) is not None]
    assert left == list(frames)[-MOST_WITHOUT_WORK:]
    assert desk.unfinished == (a_draft("Ada", frame=1),)


def test_that_a_picture_that_was_looked_at_again_is_not_among_the_oldest(opened):
    desk = opened()
    for frame in range(MOST_WITHOUT_WORK):
        desk.put(at(Progress.UNTOUCHED, a_draft(frame=frame)))
    desk.put(at(Progress.UNTOUCHED, a_draft(frame=0)))
    desk.put(at(Progress.UNTOUCHED, a_draft(frame=MOST_WITHOUT_WORK)))

    assert desk.left_last(a_draft(frame=0).picture) is not None
    assert desk.left_last(a_draft(frame=1).picture) is None
