"""A picture is the same on both sides of the pipe."""

import json

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import GreyWindow, Preset
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.sandbox.message import from_message, to_message
from tests.heads import small_phantom, write_dicom
from tests.reading import load_image


def test_that_a_picture_survives_the_way_between_two_processes(tmp_path):
    loaded = load_image(write_dicom(small_phantom(), tmp_path / "head.dcm"))
    picture = DecodedPicture(
        loaded.image.gray,
        None,
        3,
        loaded.study,
        loaded.calibration,
        pixel_aspect=1.25,
        scan_boxes=(RegionBox(1, 2, 30, 40), RegionBox(5, 6, 7, 8)),
        windows=(Preset("SKULL", GreyWindow(100.5, 80.25), 2),),
        remarks=("The window leaves 2 of 117 grey levels.", "Second."),
        frame_times=FrameTimes((30.0, 40.0, 50.0), "FrameTimeVector"),
    )

    message = json.loads(json.dumps(to_message(picture)))
    bare = BarePicture.announced(message)
    arrived = from_message(message, bare)

    assert arrived.gray.shape == picture.gray.shape
    assert arrived.color is None
    for name in (
        "frame_count",
        "study",
        "calibration",
        "pixel_aspect",
        "scan_boxes",
        "frame_times",
    ):
        assert getattr(arrived, name) == getattr(picture, name)
    assert (arrived.remarks, arrived.windows) == (picture.remarks, picture.windows)
