"""What a hand does with a clip, and what it waits for."""

import pydicom
from pydicom.uid import EnhancedUSVolumeStorage

from tests.gui.hand import PATIENCE_MS, exam, has_proposal


def frame(window):
    return None if exam(window) is None else exam(window).image.source.frame


def wait_for_frame(qtbot, window, wanted):
    qtbot.waitUntil(
        lambda: frame(window) == wanted and has_proposal(exam(window)), timeout=PATIENCE_MS
    )


def readings(window):
    return window.clip.measuring.readings


def wait_until_measured(qtbot, window):
    count = exam(window).image.source.frame_count
    qtbot.waitUntil(
        lambda: window.clip.measuring.measured is None and len(readings(window)) == count,
        timeout=5 * PATIENCE_MS,
    )
    qtbot.waitUntil(lambda: "Measuring" not in window.clip.bar.words)  # with the next frame shown


def write_frame_scales(path, scales_mm):
    """Give each frame of a clip its own size of a pixel in mm; None says nothing of it."""
    dataset = pydicom.dcmread(path)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = EnhancedUSVolumeStorage
    del dataset.SequenceOfUltrasoundRegions
    groups = []
    for scale_mm in scales_mm:
        group, measures = pydicom.Dataset(), pydicom.Dataset()
        if scale_mm is not None:
            measures.PixelSpacing = [scale_mm, scale_mm]
            group.PixelMeasuresSequence = [measures]
        groups.append(group)
    dataset.PerFrameFunctionalGroupsSequence = groups
    dataset.save_as(path)
    return path
