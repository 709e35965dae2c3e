"""Each depth mark has a frame round it that leaves the mark itself in sight."""

import pytest

from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.gui.image.depth_marks_item import DepthMarksItem

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]
MARKS = DepthMarks(
    (Mark(10, 2, 6), Mark(50, 2, 12), Mark(90, 2, 6)), 40.0, 0.1, 10.0, MarkPattern.EVERY_FIFTH
)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("aspect", [1.0, 1.5])
def test_that_each_mark_stands_in_the_middle_of_its_frame_with_room_round_it(zoom, aspect):
    item = DepthMarksItem()
    item.set_zoom(zoom)
    item.show_marks(MARKS, pixel_aspect=aspect)

    for mark, frame in zip(MARKS.marks, item.frames, strict=True):
        middle = (mark.left_px + mark.right_px) / 2
        assert (frame.center().x(), frame.center().y()) == pytest.approx(
            (middle, mark.y_px * aspect)
        )
        # Beside the mark as many pixels of the screen as at any other zoom.
        assert (mark.left_px - 0.5 - frame.left()) * zoom == pytest.approx(4)
        assert item.boundingRect().contains(frame)


def test_that_frames_come_and_go_with_the_marks():
    item = DepthMarksItem()
    assert not item.isVisible()

    item.show_marks(MARKS, pixel_aspect=1.0)
    assert item.isVisible()
    item.show_marks(None, pixel_aspect=1.0)

    assert not item.isVisible()
    assert item.frames == []
